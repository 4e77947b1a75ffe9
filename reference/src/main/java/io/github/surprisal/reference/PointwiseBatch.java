package io.github.surprisal.reference;

/**
 * The arguments of one call of a pointwise loss. Arrays are not copied.
 *
 * @param predictions one prediction per element
 * @param targets one target per element
 * @param extra a second parameter per element (variance, scale or weight of the positive class);
 *     null without one
 * @param weights one weight per element, or null for 1
 * @param mask true where an element is kept, or null for all
 * @param upstream gradient of the result: one number, or with {@link Reduction#NONE} one per
 *     element; null for 1
 * @param type the type of predictions, targets and extra, in which thresholds are numbers
 */
public record PointwiseBatch(
    double[] predictions,
    double[] targets,
    double[] extra,
    double[] weights,
    boolean[] mask,
    double[] upstream,
    Precision type) {

  /** Checks the sizes. */
  public PointwiseBatch {
    Arguments.requireLength("targets", targets.length, predictions.length);
    if (extra != null) {
      Arguments.requireLength("extra", extra.length, predictions.length);
    }
    if (weights != null) {
      Arguments.requireLength("weights", weights.length, predictions.length);
    }
    if (mask != null) {
      Arguments.requireLength("mask", mask.length, predictions.length);
    }
  }

  /** A batch of predictions and targets alone, doubles. */
  public static PointwiseBatch of(double[] predictions, double[] targets) {
    return new PointwiseBatch(predictions, targets, null, null, null, null, Precision.FLOAT64);
  }

  /** This batch with a second parameter per element. */
  public PointwiseBatch withExtra(double... extra) {
    return new PointwiseBatch(predictions, targets, extra, weights, mask, upstream, type);
  }

  /** This batch with one weight per element. */
  public PointwiseBatch withWeights(double... weights) {
    return new PointwiseBatch(predictions, targets, extra, weights, mask, upstream, type);
  }

  /** This batch with the elements to keep. */
  public PointwiseBatch withMask(boolean... mask) {
    return new PointwiseBatch(predictions, targets, extra, weights, mask, upstream, type);
  }

  /** This batch with an upstream gradient. */
  public PointwiseBatch withUpstream(double... upstream) {
    return new PointwiseBatch(predictions, targets, extra, weights, mask, upstream, type);
  }

  /** This batch, of numbers of another type. */
  public PointwiseBatch withType(Precision type) {
    return new PointwiseBatch(predictions, targets, extra, weights, mask, upstream, type);
  }
}
