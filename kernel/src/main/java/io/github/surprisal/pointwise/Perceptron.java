package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;

/**
 * Perceptron loss of a score p against a target t of -1 or 1: max(0, -t p), the {@link Hinge} loss
 * of margin 0.
 *
 * <p>Predictions are scores, targets are -1 or 1 (not 0 or 1).
 *
 * <p>Slope: -t where t p &lt; 0, else 0; curvature: 0.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>at the kink, t p = 0, the slope is 0;
 *   <li>an infinite score on the side of its target has loss 0 and slope 0, on the other loss
 *       infinity and slope -t;
 *   <li>any target is taken: one of 0 has loss 0, whatever the score, and an infinite one the
 *       limit, but NaN for a score of 0.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 1, slope exact, curvature exact.
 *
 * @see <a href="https://doi.org/10.1037/h0042519">Rosenblatt 1958</a>
 */
public record Perceptron() implements BuiltInFormula {
  @Override
  public Bounds bounds() {
    return Bounds.ofElements(1, 0, 0);
  }
}
