package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.Dtype;

/**
 * The errors allowed to the outputs of a loss, in ulps of their scale, but for those of its sums.
 *
 * @param loss of the loss
 * @param gradient of each gradient
 * @param hessian of the second derivative
 * @param sum of the totals
 * @param isPointwise whether only what is one number is a sum; else every number is made of sums
 */
public record Bounds(
    double loss, double gradient, double hessian, double sum, boolean isPointwise) {
  /** Of results that do not say what loss they are of. */
  public static final Bounds UNKNOWN = new Bounds(16, 16, 16, 16, false);

  /** A sum is held in so many lanes for so many numbers, and in double beyond. */
  private static final int LANES = 16;

  private static final int BLOCK = 2048;

  /**
   * What the roundings of weight, upstream factor and denominator, of their products and of the
   * truth itself add: half an ulp each.
   */
  private static final double WEIGHING = 3;

  /** Of a loss over rows. */
  static Bounds ofRows(double loss, double gradient, double sum) {
    return ofRows(loss, gradient, 0, sum);
  }

  /** Of a loss over rows that has second derivatives. */
  static Bounds ofRows(double loss, double gradient, double hessian, double sum) {
    return new Bounds(loss, gradient, hessian, sum, false);
  }

  /** Of a loss with one term an element, whose formula keeps these bounds. */
  static Bounds ofElements(double value, double slope, double curvature) {
    double loss = value + WEIGHING;
    return new Bounds(loss, slope + WEIGHING, curvature + WEIGHING, loss, true);
  }

  /**
   * The bound of an output. A sum of n numbers adds n/16 to a lane, each with an error of half an
   * ulp at most. 16-bit types are computed in float32, so that the two roundings to 16 bits, the
   * oracle's and the other's, are all that is seen: half an ulp each, and a little.
   *
   * @param output "loss", "gradients.NAME", "hessian", "sum.NAME" or "rows.NAME"
   * @param longestSum how many numbers the longest sum has, 0 without sums
   * @param length how many numbers the output has
   */
  public double of(String output, Dtype dtype, int longestSum, int length) {
    boolean isSum = !isPointwise || length == 1;
    double additions = isSum ? Math.min(longestSum, BLOCK) / (2.0 * LANES) : 0;
    if (output.startsWith("sum.")) {
      return output.startsWith("sum.rows_") ? 0 : sum + additions;
    }
    if (output.equals("rows.correct")) {
      return 0;
    }
    boolean narrow = dtype == Dtype.BFLOAT16 || dtype == Dtype.FLOAT16;
    return narrow ? 1.02 : of(output) + additions;
  }

  private double of(String output) {
    return switch (output) {
      case "loss", "rows.lse", "rows.entropy", "rows.probability" -> loss;
      case "hessian" -> hessian;
      default -> gradient;
    };
  }
}
