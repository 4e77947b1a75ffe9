package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/** From the formula of one row to the result of a batch. */
record RowReduction(RowBatch batch, RowOptions options, Denominator denominator, RowLoss formula)
    implements Weighing.Items {

  RowReduction {
    Arguments.requireUpstream(batch.upstream(), options.reduction(), batch.rows());
    if (options.classWeights() != null) {
      Arguments.requireLength("classWeights", options.classWeights().length, batch.classes());
    }
    for (int i = 0; batch.labels() != null && i < batch.rows(); i++) {
      int label = batch.labels()[i];
      if (batch.isKept(i, options.ignoreIndex()) && (label < 0 || label >= batch.classes())) {
        throw new IllegalArgumentException(
            "labels[%d] = %d, expected 0 <= label < %d or ignoreIndex %d"
                .formatted(i, label, batch.classes(), options.ignoreIndex()));
      }
    }
  }

  LossResult<?> evaluate() {
    return suitsHundredDigits() ? evaluate(HundredDigits.of(1)) : evaluate(DoubleDouble.of(1));
  }

  boolean suitsHundredDigits() {
    return Weighing.suitsHundredDigits(this, batch.classes());
  }

  <R extends Real<R>> LossResult<R> evaluate(R one) {
    return new LossResult<>(weighing(one), rows(one), batch.labels() != null);
  }

  /** The rows of the batch, an ignored one without a look at it. */
  <R extends Real<R>> List<RowLoss.Row<R>> rows(R one) {
    R zero = one.constant(0);
    List<RowLoss.Row<R>> rows = new ArrayList<>();
    for (int i = 0; i < batch.rows(); i++) {
      rows.add(isKept(i) ? formula.row(i, one) : RowLoss.Row.uniform(batch.classes(), zero));
    }
    return rows;
  }

  <R extends Real<R>> Weighing<R> weighing(R one) {
    Denominator chosen = options.denominator() == null ? denominator : options.denominator();
    return new Weighing<>(this, options.reduction(), chosen, one);
  }

  @Override
  public int size() {
    return batch.rows();
  }

  @Override
  public boolean isKept(int row) {
    return batch.isKept(row, options.ignoreIndex());
  }

  @Override
  public double weight(int row) {
    return batch.rowWeight(row);
  }

  @Override
  public double upstream(int row) {
    return batch.upstream(row);
  }

  @Override
  public <R extends Real<R>> R share(int row, R weight) {
    return formula.weighsLabels(batch)
        ? weight.weightedBy(options.classWeight(batch.labels()[row], weight.constant(1)))
        : weight;
  }
}
