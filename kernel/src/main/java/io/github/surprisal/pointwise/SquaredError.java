package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Denominator;
import io.github.surprisal.Reduction;

/**
 * Squared error, with {@link Reduction#MEAN} the MSE: d^2 of d = p - t. Slope 2 d, curvature 2.
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>{@link Reduction#MEAN} divides, as PyTorch, by the sum of the weights.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>the slope of finite inputs up to MAX_VALUE / 4 is finite; the loss of an element overflows
 *       to infinity where the square does, but a sum of floats does so only beyond the range of
 *       double;
 *   <li>infinity against infinity of the same sign is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 2, slope 1, curvature exact.
 */
public record SquaredError() implements BuiltInFormula {
  @Override
  public Denominator denominator() {
    return Denominator.WEIGHTS;
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(2, 1, 0);
  }
}
