package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;

/**
 * Squared logarithmic error, with {@link Reduction#MEAN} the MSLE: g^2 with g = log(1 + p) - log(1
 * + t).
 *
 * <p>Predictions are numbers above -1, targets are numbers above -1.
 *
 * <p>Slope: 2 g / (1 + p); curvature: 2 (1 - g) / (1 + p)^2, negative from g = 1 on.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>where p is near t, the loss keeps its relative accuracy however large both are;
 *   <li>p = -1 is a pole: loss infinity, slope -infinity, curvature infinity;
 *   <li>p below -1, or t at or below -1, is NaN;
 *   <li>an infinite p gives loss infinity and slope 0, an infinite t loss infinity and slope
 *       -infinity, both NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 7, slope 5, curvature 5. With L =
 * max(|log(1 + p)|, |log(1 + t)|, |g|), the terms are L |g| of the loss, 2 L / (1 + p) of the slope
 * and 2 max(1, L) / (1 + p)^2 of the curvature.
 */
public record SquaredLogarithmicError() implements BuiltInFormula {
  @Override
  public Bounds bounds() {
    return Bounds.ofElements(7, 5, 5);
  }
}
