package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.Bounds;
import io.github.surprisal.bench.conformance.protocol.Dtype;

/**
 * How far results may be from the oracle's, in ulps of their scale: what the loss promises, and
 * what totals and 16-bit types add.
 *
 * @param promised the kernel's bounds; null of results that do not say what loss they are of
 */
public record AllowedErrors(Bounds promised) {
  private static final double UNKNOWN = 16;
  private static final int TERMS_PER_ULP = 16;

  /** The rounding of the oracle's results; those of elements already count it. */
  private static final double ROUNDED = 0.5;

  /** What quotient and exponential of a mean likelihood add to the total. */
  private static final double PERPLEXITY = 1;

  /**
   * The bound of an output. 16-bit types are computed in float32, so that the two roundings to 16
   * bits, the oracle's and the other's, are all that is seen: half an ulp each, and a little.
   *
   * @param output "loss", "gradients.NAME", "hessian", "sum.NAME" or "rows.NAME"
   * @param longestSum how many numbers the longest sum has, 0 without sums
   * @param length how many numbers the output has
   */
  public double of(String output, Dtype dtype, int longestSum, int length) {
    boolean isTotal = output.startsWith("sum.");
    if (output.startsWith("sum.rows_") || output.equals("rows.correct")) {
      return 0;
    }
    if (!isTotal && (dtype == Dtype.BFLOAT16 || dtype == Dtype.FLOAT16)) {
      return 1.02;
    }
    if (promised == null) {
      return UNKNOWN + longestSum / (double) TERMS_PER_ULP;
    }
    if (isTotal) {
      return promised.reduced(longestSum) + PERPLEXITY;
    }
    if (promised.isOfElements() && output.equals("loss") && length == 1) {
      return promised.reduced(longestSum);
    }
    Bounds weighed = promised.weighed(dtype != Dtype.FLOAT64);
    double bound = of(output, weighed).of(longestSum);
    return promised.isOfElements() ? bound : bound + ROUNDED;
  }

  private static Bounds.Bound of(String output, Bounds bounds) {
    return switch (output) {
      case "loss", "rows.lse", "rows.entropy", "rows.probability" -> bounds.loss();
      case "hessian" -> bounds.hessian();
      default -> bounds.gradient();
    };
  }
}
