package io.github.surprisal.reference;

import java.util.List;

/**
 * What cross-entropy gives for a batch. The numbers of a row beside its loss carry no weight, those
 * of an ignored row are 0, and those of a row without probabilities are NaN.
 *
 * @param <R> the arithmetic it was computed in
 */
public final class CrossEntropyResult<R extends Real<R>> extends LossResult<R> {

  private final List<CrossEntropyOutputs<R>> outputs;
  private final List<Terms<R>> hessian;

  CrossEntropyResult(Weighing<R> weighing, List<RowLoss.Row<R>> rows, boolean labelled) {
    super(weighing, rows, labelled);
    outputs = rows.stream().map(RowLoss.Row::outputs).toList();
    hessian =
        perSlope(outputs.stream().map(CrossEntropyOutputs::hessian).toList(), weighing::weigh);
  }

  /** Per row, log sum exp of the logits after temperature, softcap and allowed classes. */
  public double[] logSumExp(Precision precision) {
    return sums(outputs.stream().map(CrossEntropyOutputs::logSumExp).toList(), precision);
  }

  /** The error of someone's log-sum-exp of one row in ulps of its largest term. */
  public double logSumExpUlps(int row, double actual, Precision precision) {
    return ulps(outputs.get(row).logSumExp(), actual, precision);
  }

  /** Per row, the magnitude of the largest term of log-sum-exp. */
  public double[] logSumExpTerms(Precision precision) {
    return largest(outputs.stream().map(CrossEntropyOutputs::logSumExp).toList(), precision);
  }

  /** Per row, the entropy of the probabilities. */
  public double[] entropy(Precision precision) {
    return sums(outputs.stream().map(CrossEntropyOutputs::entropy).toList(), precision);
  }

  /** The error of someone's entropy of one row in ulps of its largest term. */
  public double entropyUlps(int row, double actual, Precision precision) {
    return ulps(outputs.get(row).entropy(), actual, precision);
  }

  /** Per row, the probability of the label; NaN without one. */
  public double[] labelProbability(Precision precision) {
    return outputs.stream().mapToDouble(x -> round(x.labelProbability(), precision)).toArray();
  }

  /** The probability of the label of one row, exact. */
  public R exactLabelProbability(int row) {
    return outputs.get(row).labelProbability();
  }

  /**
   * Whether the label of a row is the first of the largest among the allowed logits as they are
   * given; false in an ignored row, in one that is NaN, and without a label.
   */
  public boolean isCorrect(int row) {
    return outputs.get(row).isCorrect();
  }

  /** The number of rows whose label is the first of the largest logits. */
  public int correct() {
    return (int) outputs.stream().filter(CrossEntropyOutputs::isCorrect).count();
  }

  /**
   * The second derivative of each row's loss by each of its inputs, or a {@link HessianConvention},
   * times the row's weight: without upstream and denominator.
   */
  public double[] hessian(Precision precision) {
    return sums(hessian, precision);
  }

  /** The second derivative by one input, exact. */
  public R exactHessian(int index) {
    return hessian.get(index).sum();
  }

  /** Per input, the magnitude of the largest term of the second derivative. */
  public double[] hessianTerms(Precision precision) {
    return largest(hessian, precision);
  }

  /** The error of someone's second derivative in ulps of its largest term. */
  public double hessianUlps(int index, double actual, Precision precision) {
    return ulps(hessian.get(index), actual, precision);
  }
}
