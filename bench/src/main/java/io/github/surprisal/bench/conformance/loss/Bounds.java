package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.Dtype;

/**
 * The errors allowed to the outputs of a loss, in ulps of their scale, but for those of its sums.
 *
 * @param loss of the loss
 * @param gradient of each gradient
 * @param sum of the totals
 */
public record Bounds(double loss, double gradient, double sum) {
  /** Of results that do not say what loss they are of. */
  public static final Bounds UNKNOWN = new Bounds(16, 16, 16);

  /** A sum is held in so many lanes for so many numbers, and in double beyond. */
  private static final int LANES = 16;

  private static final int BLOCK = 2048;

  /**
   * The bound of an output. A sum of n numbers adds n/16 to a lane, each with an error of half an
   * ulp at most. 16-bit types are computed in float32, so that the two roundings to 16 bits, the
   * oracle's and the other's, are all that is seen: half an ulp each, and a little.
   *
   * @param output "loss", "gradients.NAME" or "sum.NAME"
   * @param longestSum how many numbers the longest sum within a row has, 0 without sums
   */
  public double of(String output, Dtype dtype, int longestSum) {
    double additions = Math.min(longestSum, BLOCK) / (2.0 * LANES);
    if (output.startsWith("sum.")) {
      return output.startsWith("sum.rows_") ? 0 : sum + additions;
    }
    boolean narrow = dtype == Dtype.BFLOAT16 || dtype == Dtype.FLOAT16;
    return narrow ? 1.02 : (output.equals("loss") ? loss : gradient) + additions;
  }
}
