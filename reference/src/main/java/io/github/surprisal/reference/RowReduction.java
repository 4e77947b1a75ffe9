package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * From the formula of one row to the result of a batch: which rows count, with which weight, over
 * which denominator. The only place that knows.
 *
 * <pre>
 * loss = sum over kept rows of r loss_row / D,   gradient = (r upstream / D) gradient_row
 * </pre>
 *
 * <p>with r the row weight and D = 1 but for MEAN.
 */
record RowReduction(RowBatch batch, RowOptions options, Denominator denominator, RowLoss formula) {

  /** Up to so many inputs, 100 digits take a fraction of a second. */
  private static final int MAX_HUNDRED_DIGITS = 500;

  RowReduction {
    if (batch.labels() == null && batch.probabilities() == null) {
      throw new IllegalArgumentException("labels = null, expected labels or probabilities");
    }
    if (batch.upstream() != null) {
      int expected = options.reduction() == Reduction.NONE ? batch.rows() : 1;
      RowBatch.requireLength("upstream", batch.upstream().length, expected);
    }
    if (options.classWeights() != null) {
      RowBatch.requireLength("classWeights", options.classWeights().length, batch.classes());
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
    return (long) rowsKept() * batch.classes() <= MAX_HUNDRED_DIGITS
        ? evaluate(HundredDigits.of(1))
        : evaluate(DoubleDouble.of(1));
  }

  <R extends Real<R>> LossResult<R> evaluate(R one) {
    R zero = one.constant(0);
    R weights = sumOfWeights(one);
    R divisor = divisor(weights);
    List<R> losses = new ArrayList<>();
    List<R> labelNlls = new ArrayList<>();
    List<R> gradient = new ArrayList<>();
    List<R> terms = new ArrayList<>();
    for (int i = 0; i < batch.rows(); i++) {
      boolean kept = isKept(i);
      RowLoss.Row<R> row = kept ? formula.row(i, one) : RowLoss.Row.uniform(batch.classes(), zero);
      R r = kept ? rowWeight(i, one) : zero;
      losses.add(row.loss().multiply(r));
      labelNlls.add(row.labelNll());
      R scale = overDivisor(r.multiply(one.constant(batch.upstream(i))), divisor);
      boolean counts = kept && !divisor.isZero();
      row.gradient().forEach(g -> gradient.add(counts ? g.multiply(scale) : zero));
      row.terms().forEach(t -> terms.add(counts ? t.multiply(scale).abs() : zero));
    }
    List<R> magnitudes = losses.stream().map(R::abs).toList();
    return new LossResult<>(
        losses,
        overDivisor(PairwiseSum.of(losses, zero), divisor),
        overDivisor(PairwiseSum.of(magnitudes, zero), divisor),
        gradient,
        terms,
        weights,
        rowsKept(),
        batch.labels() == null ? one.constant(Double.NaN) : PairwiseSum.of(labelNlls, zero));
  }

  private boolean isKept(int row) {
    return batch.isKept(row, options.ignoreIndex());
  }

  private int rowsKept() {
    int kept = 0;
    for (int i = 0; i < batch.rows(); i++) {
      kept += isKept(i) ? 1 : 0;
    }
    return kept;
  }

  private <R extends Real<R>> R rowWeight(int row, R one) {
    return one.constant(RowOptions.nonNegative(batch.rowWeight(row)));
  }

  private <R extends Real<R>> R sumOfWeights(R one) {
    List<R> weights = new ArrayList<>();
    for (int i = 0; i < batch.rows(); i++) {
      if (isKept(i)) {
        R r = rowWeight(i, one);
        boolean labelled = batch.probabilities() == null;
        weights.add(labelled ? r.weightedBy(options.classWeight(batch.labels()[i], one)) : r);
      }
    }
    return PairwiseSum.of(weights, one.constant(0));
  }

  private <R extends Real<R>> R divisor(R sumOfWeights) {
    if (options.reduction() != Reduction.MEAN) {
      return sumOfWeights.constant(1);
    }
    return switch (options.denominator() == null ? denominator : options.denominator()) {
      case Denominator.Rule.WEIGHTS -> sumOfWeights;
      case Denominator.Rule.KEPT -> sumOfWeights.constant(rowsKept());
      case Denominator.Rule.ALL -> sumOfWeights.constant(batch.rows());
      case Denominator.Given given -> sumOfWeights.constant(given.value());
    };
  }

  /** x / divisor, where a mean over nothing is 0. */
  private static <R extends Real<R>> R overDivisor(R x, R divisor) {
    return divisor.isZero() ? divisor : x.divide(divisor);
  }
}
