package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * What a loss gives for a batch, exact until a {@link Precision} is named. Of a pointwise loss, an
 * element is a row.
 *
 * @param <R> the arithmetic it was computed in
 */
public sealed class LossResult<R extends Real<R>> permits PointwiseResult, CrossEntropyResult {

  private final List<Terms<R>> losses;
  private final R loss;
  private final R magnitude;
  private final List<Terms<R>> gradient;
  private final R sumOfWeights;
  private final int rowsKept;
  private final R labelNll;

  /** From the loss of every item and its slopes, before weight, upstream and denominator. */
  LossResult(Weighing<R> weighing, List<Terms<R>> losses, List<List<Terms<R>>> slopes, R labelNll) {
    this.losses = perItem(losses, weighing::weigh);
    this.loss = weighing.reduce(this.losses.stream().map(Terms::sum).toList());
    this.magnitude = weighing.reduce(this.losses.stream().map(Terms::largest).toList()).abs();
    this.gradient = perSlope(slopes, weighing::scale);
    this.sumOfWeights = weighing.sumOfWeights();
    this.rowsKept = weighing.kept();
    this.labelNll = labelNll;
  }

  /** From the rows of a batch, whose label counts if they have one. */
  LossResult(Weighing<R> weighing, List<RowLoss.Row<R>> rows, boolean labelled) {
    this(
        weighing,
        rows.stream().map(RowLoss.Row::loss).toList(),
        rows.stream().map(RowLoss.Row::gradient).toList(),
        labelNll(rows, labelled, weighing.sumOfWeights()));
  }

  private static <R extends Real<R>> R labelNll(
      List<RowLoss.Row<R>> rows, boolean labelled, R arithmetic) {
    return labelled
        ? PairwiseSum.of(rows.stream().map(RowLoss.Row::labelNll).toList(), arithmetic.constant(0))
        : arithmetic.constant(Double.NaN);
  }

  /** What a weighing makes of a number of an item. */
  interface Weighed<R extends Real<R>> {
    Terms<R> of(int item, Terms<R> x);
  }

  /** One number per item, weighed. */
  static <R extends Real<R>> List<Terms<R>> perItem(List<Terms<R>> values, Weighed<R> weighed) {
    return perSlope(values.stream().map(List::of).toList(), weighed);
  }

  /** Some numbers per item, weighed, one after the other. */
  static <R extends Real<R>> List<Terms<R>> perSlope(
      List<List<Terms<R>>> values, Weighed<R> weighed) {
    List<Terms<R>> all = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      for (Terms<R> x : values.get(i)) {
        all.add(weighed.of(i, x));
      }
    }
    return all;
  }

  /** The loss of every row, with its row and class weights, before any denominator. */
  public double[] losses(Precision precision) {
    return sums(losses, precision);
  }

  /** The loss of one row, exact. */
  public R exactLoss(int row) {
    return losses.get(row).sum();
  }

  /** Per row, the magnitude of the largest term of its loss. */
  public double[] lossTerms(Precision precision) {
    return largest(losses, precision);
  }

  /** The error of someone's loss of one row in ulps of its largest term. */
  public double lossUlps(int row, double actual, Precision precision) {
    return ulps(losses.get(row), actual, precision);
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
   * What the largest terms of the rows' losses reduce to: the scale of the forward error bound of a
   * sum.
   */
  public R lossMagnitude() {
    return magnitude;
  }

  /** The gradient by every input, [rows, classes], upstream and denominator applied. */
  public double[] gradient(Precision precision) {
    return sums(gradient, precision);
  }

  /** The gradient by one input, exact. */
  public R exactGradient(int index) {
    return gradient.get(index).sum();
  }

  /**
   * Per input, the magnitude of the largest term of the gradient's formula: where terms cancel,
   * errors are measured in its ulps.
   */
  public double[] gradientTerms(Precision precision) {
    return largest(gradient, precision);
  }

  /**
   * The error of {@code actual}, someone's gradient by the input at {@code index}, in ulps of the
   * largest term of its formula; see {@link Precision#ulps}.
   */
  public double gradientUlps(int index, double actual, Precision precision) {
    return ulps(gradient.get(index), actual, precision);
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

  static <R extends Real<R>> double[] sums(List<Terms<R>> values, Precision precision) {
    return values.stream().mapToDouble(x -> round(x.sum(), precision)).toArray();
  }

  static <R extends Real<R>> double[] largest(List<Terms<R>> values, Precision precision) {
    return values.stream().mapToDouble(x -> round(x.largest(), precision)).toArray();
  }

  static <R extends Real<R>> double ulps(Terms<R> exact, double actual, Precision precision) {
    return precision.ulps(actual, exact.sum(), exact.largest());
  }

  /** An exact zero is +0, whatever the signs of the terms that gave it. */
  static double round(Real<?> value, Precision precision) {
    return value.isZero() ? 0 : precision.round(value);
  }
}
