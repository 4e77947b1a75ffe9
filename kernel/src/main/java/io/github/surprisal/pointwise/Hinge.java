package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Hinge loss of a score p against a target t of -1 or 1: max(0, margin - t p).
 *
 * <p>Predictions are scores, targets are -1 or 1 (not 0 or 1).
 *
 * <p>Slope: -t where t p &lt; margin, else 0; curvature: 0.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>at the kink, t p = margin, the slope is 0;
 *   <li>an infinite score on the side of its target has loss 0 and slope 0, on the other loss
 *       infinity and slope -t;
 *   <li>any target is taken: one of 0 has the loss margin, whatever the score, and an infinite one
 *       the limit, but NaN for a score of 0.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 1, slope exact, curvature exact,
 * the loss of the larger of margin and t p.
 *
 * @param margin at least 0
 * @see <a href="https://doi.org/10.1007/BF00994018">Cortes and Vapnik 1995, section 3</a>
 */
public record Hinge(@Threshold double margin) implements BuiltInFormula {
  /**
   * Checks the margin.
   *
   * @throws IllegalArgumentException unless {@code 0 <= margin < infinity}
   */
  public Hinge {
    Options.requireNonNegative("margin", margin);
  }

  /** With margin 1. */
  public Hinge() {
    this(1);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(1, 0, 0);
  }
}
