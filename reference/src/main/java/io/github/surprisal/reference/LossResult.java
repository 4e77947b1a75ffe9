package io.github.surprisal.reference;

import java.util.List;

/**
 * What a loss gives for a batch, exact until a {@link Precision} is named. Of a pointwise loss, an
 * element is a row.
 *
 * @param <R> the arithmetic it was computed in
 */
public sealed class LossResult<R extends Real<R>> permits PointwiseResult {

  private final List<R> losses;
  private final R loss;
  private final R magnitude;
  private final List<R> gradient;
  private final List<R> terms;
  private final R sumOfWeights;
  private final int rowsKept;
  private final R labelNll;

  LossResult(Weighing<R> weighing, List<R> losses, List<R> gradient, List<R> terms, R labelNll) {
    this.losses = losses;
    this.loss = weighing.reduce(losses);
    this.magnitude = weighing.reduce(losses.stream().map(R::abs).toList());
    this.gradient = gradient;
    this.terms = terms;
    this.sumOfWeights = weighing.sumOfWeights();
    this.rowsKept = weighing.kept();
    this.labelNll = labelNll;
  }

  /** The loss of every row, with its row and class weights, before any denominator. */
  public double[] losses(Precision precision) {
    return round(losses, precision);
  }

  /** The loss of one row, exact. */
  public R exactLoss(int row) {
    return losses.get(row);
  }

  /** The reduced loss: the mean, or the sum for SUM and NONE. */
  public double loss(Precision precision) {
    return round(loss, precision);
  }

  /** The reduced loss, exact. */
  public R exactLoss() {
    return loss;
  }

  /**
   * The reduced loss of the rows' absolute values: the scale of the forward error bound of a sum.
   */
  public R lossMagnitude() {
    return magnitude;
  }

  /** The gradient by every input, [rows, classes], upstream and denominator applied. */
  public double[] gradient(Precision precision) {
    return round(gradient, precision);
  }

  /** The gradient by one input, exact. */
  public R exactGradient(int index) {
    return gradient.get(index);
  }

  /**
   * Per input, the magnitude of the largest term of the gradient's formula: where terms cancel,
   * errors are measured in its ulps.
   */
  public double[] gradientTerms(Precision precision) {
    return round(terms, precision);
  }

  /**
   * The error of {@code actual}, someone's gradient by the input at {@code index}, in ulps of the
   * largest term of its formula; see {@link Precision#ulps}.
   */
  public double gradientUlps(int index, double actual, Precision precision) {
    return precision.ulps(actual, gradient.get(index), terms.get(index));
  }

  /**
   * The sum over the kept rows of row weight times class weight of the label; of row weights alone
   * for target probabilities.
   */
  public double sumOfWeights(Precision precision) {
    return round(sumOfWeights, precision);
  }

  /** The number of rows kept. */
  public int rowsKept() {
    return rowsKept;
  }

  /**
   * The sum over the kept rows of -log p of the label, free of weights and smoothing; NaN without
   * labels.
   */
  public double labelNll(Precision precision) {
    return round(labelNll, precision);
  }

  /** exp of the mean plain negative log-likelihood of the labels; NaN without labels or rows. */
  public double perplexity(Precision precision) {
    return round(labelNll.divide(labelNll.constant(rowsKept)).exp(), precision);
  }

  static <R extends Real<R>> double[] round(List<R> values, Precision precision) {
    return values.stream().mapToDouble(value -> round(value, precision)).toArray();
  }

  /** An exact zero is +0, whatever the signs of the terms that gave it. */
  private static double round(Real<?> value, Precision precision) {
    return value.isZero() ? 0 : precision.round(value);
  }
}
