package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/** From the formula of one row to the result of a batch. */
record RowReduction(RowBatch batch, RowOptions options, Denominator denominator, RowLoss formula)
    implements Weighing.Items {

  RowReduction {
    if (batch.labels() == null && batch.probabilities() == null) {
      throw new IllegalArgumentException("labels = null, expected labels or probabilities");
    }
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
    return Weighing.suitsHundredDigits(this, batch.classes())
        ? evaluate(HundredDigits.of(1))
        : evaluate(DoubleDouble.of(1));
  }

  <R extends Real<R>> LossResult<R> evaluate(R one) {
    R zero = one.constant(0);
    Denominator chosen = options.denominator() == null ? denominator : options.denominator();
    Weighing<R> weighing = new Weighing<>(this, options.reduction(), chosen, one);
    List<R> losses = new ArrayList<>();
    List<R> labelNlls = new ArrayList<>();
    List<R> gradient = new ArrayList<>();
    List<R> terms = new ArrayList<>();
    for (int i = 0; i < batch.rows(); i++) {
      int item = i;
      RowLoss.Row<R> row =
          isKept(i) ? formula.row(i, one) : RowLoss.Row.uniform(batch.classes(), zero);
      losses.add(weighing.weigh(i, row.loss()));
      labelNlls.add(row.labelNll());
      row.gradient().forEach(g -> gradient.add(weighing.scale(item, g)));
      row.terms().forEach(t -> terms.add(weighing.scale(item, t).abs()));
    }
    R labelNll =
        batch.labels() == null ? one.constant(Double.NaN) : PairwiseSum.of(labelNlls, zero);
    return new LossResult<>(weighing, losses, gradient, terms, labelNll);
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
    boolean labelled = batch.probabilities() == null;
    return labelled
        ? weight.weightedBy(options.classWeight(batch.labels()[row], weight.constant(1)))
        : weight;
  }
}
