package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Squared hinge loss of a score p against a target t of -1 or 1: h^2, h = max(0, margin - t p).
 *
 * <p>Predictions are scores, targets are -1 or 1 (not 0 or 1).
 *
 * <p>Slope: -2 t h; curvature: 2 t^2 where t p &lt; margin, else 0.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>where the loss begins, t p = margin, the curvature is 0;
 *   <li>an infinite score on the side of its target has loss 0 and slope 0, on the other loss
 *       infinity and slope -t infinity;
 *   <li>any target is taken: one of 0 has the loss margin^2, whatever the score, and an infinite
 *       one the limit, but NaN for a score of 0.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 3, slope 2, curvature 1. With T
 * the larger of margin and t p, the terms are h T of the loss and 2 t T of the slope.
 *
 * @param margin at least 0
 */
public record SquaredHinge(@Threshold double margin) implements BuiltInFormula {
  /**
   * Checks the margin.
   *
   * @throws IllegalArgumentException unless {@code 0 <= margin < infinity}
   */
  public SquaredHinge {
    Options.requireNonNegative("margin", margin);
  }

  /** With margin 1. */
  public SquaredHinge() {
    this(1);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(3, 2, 1);
  }
}
