package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;

/**
 * Soft margin loss of a score p against a target t of -1 or 1: log(1 + e^-z), z = t p.
 *
 * <p>Predictions are scores, targets are -1 or 1 (not 0 or 1).
 *
 * <p>Slope: -t sigmoid(-z); curvature: t^2 sigmoid(z) sigmoid(-z).
 *
 * <p>{@link Reduction#MEAN} divides, as PyTorch, by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>no score is too large (PyTorch: infinity from -89 on in float32), and a tiny loss keeps its
 *       relative accuracy down to 2^-126 (float32) or 2^-1022;
 *   <li>an infinite score on the side of its target has loss 0 and slope 0, on the other loss
 *       infinity and slope -t;
 *   <li>any target is taken: one of 0 gives log 2 with slope 0, whatever the score, and an infinite
 *       one the limit, but NaN for a score of 0.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 3, slope 3, curvature 5, for any
 * target: the rounding of t p is made up for. Where e^-|z| is below 2^-126 (float32) or 2^-1022, it
 * counts as 0.
 */
public record SoftMargin() implements BuiltInFormula {
  @Override
  public Bounds bounds() {
    return Bounds.ofElements(3, 3, 5);
  }
}
