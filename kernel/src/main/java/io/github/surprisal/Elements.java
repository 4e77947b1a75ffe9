package io.github.surprisal;

/**
 * What one call of a {@link PointwiseLoss} works on: predictions, a target for each, and whatever
 * of weights, mask, upstream factors and further outputs is wanted. Elements are counted in the
 * order of the rows.
 */
public final class Elements extends Inputs<Elements> {
  final Matrix predictions;
  final Matrix targets;
  Matrix parameter;
  long[] maskBits;

  private Elements(Matrix predictions, Matrix targets) {
    targets.requireLike("targets", "predictions", predictions);
    this.predictions = predictions;
    this.targets = targets;
  }

  /**
   * Predictions with their targets.
   *
   * @throws IllegalArgumentException if shape or type differ
   */
  public static Elements of(Matrix predictions, Matrix targets) {
    return new Elements(predictions, targets);
  }

  /**
   * Predictions with their targets, one after the other.
   *
   * @throws IllegalArgumentException if lengths differ
   */
  public static Elements of(float[] predictions, float[] targets) {
    return of(Matrix.of(predictions, 1, predictions.length), Matrix.of(targets, 1, targets.length));
  }

  /**
   * Predictions with their targets, one after the other.
   *
   * @throws IllegalArgumentException if lengths differ
   */
  public static Elements of(double[] predictions, double[] targets) {
    return of(Matrix.of(predictions, 1, predictions.length), Matrix.of(targets, 1, targets.length));
  }

  /** The third number that some losses have for each element, such as a variance. */
  public Elements parameter(Matrix parameter) {
    parameter.requireLike("parameter", "predictions", predictions);
    return with(elements -> elements.parameter = parameter);
  }

  /** The third number that some losses have for each element, such as a variance. */
  public Elements parameter(float[] parameter) {
    return parameter(Matrix.of(parameter, 1, parameter.length));
  }

  /** The third number that some losses have for each element, such as a variance. */
  public Elements parameter(double[] parameter) {
    return parameter(Matrix.of(parameter, 1, parameter.length));
  }

  /**
   * A bit for each element that counts: bit i mod 64 of word i / 64, as in {@link
   * java.util.BitSet#toLongArray}.
   */
  public Elements mask(long[] bits) {
    int words = (count() + 63) / 64;
    if (bits.length < words) {
      throw new IllegalArgumentException(
          "mask.length = %d, expected at least %d words for %d elements"
              .formatted(bits.length, words, count()));
    }
    return with(elements -> elements.maskBits = bits);
  }

  @Override
  int count() {
    return Math.multiplyExact(predictions.rows(), predictions.columns());
  }

  @Override
  String each() {
    return "an element";
  }
}
