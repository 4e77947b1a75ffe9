package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;

/**
 * Log-cosh of d = p - t: log cosh d, near d^2 / 2 where d is small and |d| - log 2 where it is
 * large.
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>Slope: tanh d; curvature: 1 - tanh^2 d.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>no d is too large, and a tiny loss keeps its relative accuracy (Keras' is 0 for d = 1e-4);
 *   <li>a curvature below 2^-126 (float32) or 2^-1022 is 0;
 *   <li>an infinite d gives loss infinity, slope +-1 and curvature 0;
 *   <li>infinity against infinity of the same sign is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 6, slope 2, curvature 5.
 */
public record LogCosh() implements BuiltInFormula {
  @Override
  public Bounds bounds() {
    return Bounds.ofElements(6, 2, 5);
  }
}
