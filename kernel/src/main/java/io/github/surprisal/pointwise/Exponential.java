package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;

/**
 * Exponential loss of a score p against a target t of -1 or 1, that of AdaBoost: e^-z, z = t p.
 *
 * <p>Predictions are scores, targets are -1 or 1 (not 0 or 1).
 *
 * <p>Slope: -t e^-z; curvature: t^2 e^-z.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>an infinite score on the side of its target has loss 0 and slope 0, on the other loss
 *       infinity and slope -t infinity; so has a finite one where e^-z overflows, from z = -89 on
 *       in float32, from -710 on in float64;
 *   <li>any target is taken: one of 0 gives 1 with slope 0, whatever the score, and an infinite one
 *       the limit, but NaN for a score of 0.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 3, slope 3, curvature 4, for any
 * target: the rounding of t p is made up for. A loss below 2^-126 (float32) or 2^-1022 is within
 * that of it.
 *
 * @see <a href="https://doi.org/10.1006/jcss.1997.1504">Freund and Schapire 1997, section 4</a>
 */
public record Exponential() implements BuiltInFormula {
  @Override
  public Bounds bounds() {
    return Bounds.ofElements(3, 3, 4);
  }
}
