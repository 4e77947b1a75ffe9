package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Pseudo-Huber loss of d = p - t, also Charbonnier loss: delta^2 (r - 1), r = sqrt(1 + (d /
 * delta)^2).
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>Slope: d / r; curvature: 1 / r^3.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>neither the square of a large d overflows, nor does a small d cancel in r - 1;
 *   <li>an infinite d gives loss infinity, slope +-delta and curvature 0;
 *   <li>infinity against infinity of the same sign is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 5, slope 3, curvature 12.
 *
 * @param delta where the loss turns linear, a positive finite number; XGBoost's default is 1
 * @see <a href="https://doi.org/10.1109/83.551699">Charbonnier et al. 1997</a>
 */
public record PseudoHuber(@Threshold double delta) implements BuiltInFormula {
  /**
   * Checks delta.
   *
   * @throws IllegalArgumentException unless {@code 0 < delta < infinity}
   */
  public PseudoHuber {
    Options.requirePositive("delta", delta);
  }

  /** With delta 1. */
  public PseudoHuber() {
    this(1);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(5, 3, 12);
  }
}
