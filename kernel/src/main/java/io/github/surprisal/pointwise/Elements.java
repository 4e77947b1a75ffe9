package io.github.surprisal.pointwise;

import io.github.surprisal.Inputs;
import io.github.surprisal.Matrix;
import io.github.surprisal.internal.call.CallInputs;
import io.github.surprisal.internal.call.Matrices;
import java.util.Objects;

/**
 * What one call of a {@link PointwiseLoss} works on: predictions, a target for each, and whatever
 * of weights, mask, upstream factors and further outputs is wanted. Elements are counted in the
 * order of the rows.
 */
public final class Elements extends Inputs<Elements> {
  final Matrix predictions;
  final Matrix targets;
  Matrix parameter;
  float[] rowWeightsF32;
  double[] rowWeightsF64;

  private Elements(Matrix predictions, Matrix targets) {
    super(new CallInputs());
    Matrices.requireLike("targets", targets, "predictions", predictions);
    this.predictions = predictions;
    this.targets = targets;
  }

  /**
   * Predictions with their targets.
   *
   * @throws IllegalArgumentException if shape or type differ
   */
  public static Elements of(Matrix predictions, Matrix targets) {
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(targets, "targets");
    return new Elements(predictions, targets);
  }

  /**
   * Predictions with their targets, one after the other.
   *
   * @throws IllegalArgumentException if lengths differ
   */
  public static Elements of(float[] predictions, float[] targets) {
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(targets, "targets");
    return of(Matrix.of(predictions, 1, predictions.length), Matrix.of(targets, 1, targets.length));
  }

  /**
   * Predictions with their targets, one after the other.
   *
   * @throws IllegalArgumentException if lengths differ
   */
  public static Elements of(double[] predictions, double[] targets) {
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(targets, "targets");
    return of(Matrix.of(predictions, 1, predictions.length), Matrix.of(targets, 1, targets.length));
  }

  /** The third number that some losses have for each element, such as a variance. */
  public Elements parameter(Matrix parameter) {
    Objects.requireNonNull(parameter, "parameter");
    Matrices.requireLike("parameter", parameter, "predictions", predictions);
    return with(elements -> elements.parameter = parameter);
  }

  /** The third number that some losses have for each element, such as a variance. */
  public Elements parameter(float[] parameter) {
    Objects.requireNonNull(parameter, "parameter");
    return parameter(Matrix.of(parameter, 1, parameter.length));
  }

  /** The third number that some losses have for each element, such as a variance. */
  public Elements parameter(double[] parameter) {
    Objects.requireNonNull(parameter, "parameter");
    return parameter(Matrix.of(parameter, 1, parameter.length));
  }

  /**
   * The number weighs each element of a row of the predictions, such as a sample of [samples,
   * outputs], times the element's own weight; 0 masks the row. A mean that divides by the sum of
   * weights counts it once for each element.
   *
   * @throws IllegalArgumentException if there is not one weight a row
   */
  public Elements rowWeights(float[] weights) {
    Objects.requireNonNull(weights, "weights");
    requireRows(weights.length);
    return with(elements -> elements.setRowWeights(weights, null));
  }

  /** Weights of rows in double, as {@link #rowWeights(float[])} takes them in float. */
  public Elements rowWeights(double[] weights) {
    Objects.requireNonNull(weights, "weights");
    requireRows(weights.length);
    return with(elements -> elements.setRowWeights(null, weights));
  }

  /** The predictions that it was made of. */
  public Matrix predictions() {
    return predictions;
  }

  private void setRowWeights(float[] floats, double[] doubles) {
    rowWeightsF32 = floats;
    rowWeightsF64 = doubles;
  }

  private void requireRows(int length) {
    if (length != predictions.rows()) {
      throw new IllegalArgumentException(
          "rowWeights.length = %d, expected one a row of the predictions, %d"
              .formatted(length, predictions.rows()));
    }
  }

  @Override
  protected int count() {
    return predictions.rows() * predictions.columns();
  }

  @Override
  protected String each() {
    return "an element";
  }

  /** What every call may bring along. */
  CallInputs common() {
    return given();
  }
}
