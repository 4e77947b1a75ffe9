package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Denominator;
import io.github.surprisal.Reduction;

/**
 * Half the squared error: d^2 / 2 of d = p - t, so that the slope is d and the curvature 1.
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>{@link Reduction#MEAN} divides by the sum of the weights, as for {@link SquaredError}.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>an infinite d gives loss infinity and slope +-infinity;
 *   <li>infinity against infinity of the same sign is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 2, slope 1, curvature exact.
 */
public record HalfSquaredError() implements BuiltInFormula {
  @Override
  public Denominator denominator() {
    return Denominator.WEIGHTS;
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(2, 1, 0);
  }
}
