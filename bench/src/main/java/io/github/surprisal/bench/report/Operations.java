package io.github.surprisal.bench.report;

import java.util.Map;

/**
 * Floating-point operations of loss and gradient of an element, counted in the text of the kernels;
 * a multiplication with an addition is two, a comparison none. For a place in the roofline.
 */
final class Operations {
  /** An exponential: six multiply-adds of the polynomial, three of the reduction, two products. */
  private static final int EXP = 20;

  /** The logarithm of 1 + a for a of at most 1: a polynomial of degree 11. */
  private static final int LOG1P = 21;

  private static final Map<String, Integer> BY_LOSS =
      Map.of(
          // exponential, shift, sum, product with the slope
          "cross_entropy", EXP + 3,
          // difference, square, sum; difference, product with 2, with the share
          "mse", 6,
          // difference, sum, product with the share
          "l1", 4,
          // difference, two products, a difference, sum; the same difference, the share
          "huber", 7,
          // targets three times, both softplus, sums; sigmoids, products, share
          "binary_cross_entropy_with_logits", EXP + LOG1P + 25);

  private Operations() {}

  /** How many, or 0 where nobody has counted. */
  static int of(String loss) {
    return BY_LOSS.getOrDefault(loss, 0);
  }
}
