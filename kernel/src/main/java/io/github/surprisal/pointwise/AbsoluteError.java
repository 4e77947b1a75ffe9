package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Denominator;
import io.github.surprisal.Reduction;

/**
 * Absolute error, also L1 loss, with {@link Reduction#MEAN} the MAE: |d| of d = p - t.
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>Slope: the sign of d, 0 at d = 0; curvature: 0.
 *
 * <p>{@link Reduction#MEAN} divides, as PyTorch, by the sum of the weights.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>an infinite d gives loss infinity and slope +-1;
 *   <li>infinity against infinity of the same sign is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 1, slope exact, curvature exact.
 */
public record AbsoluteError() implements BuiltInFormula {
  @Override
  public Denominator denominator() {
    return Denominator.WEIGHTS;
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(1, 0, 0);
  }
}
