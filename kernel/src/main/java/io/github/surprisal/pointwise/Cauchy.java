package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Cauchy loss of d = p - t, also Lorentzian loss: c^2 / 2 log(1 + (d / c)^2).
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>Slope: d / (1 + (d / c)^2); curvature: (1 - (d / c)^2) / (1 + (d / c)^2)^2, negative from |d|
 * = c on.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>no square of a large d / c overflows, and a small one keeps its relative accuracy;
 *   <li>an infinite d gives loss infinity, slope and curvature 0;
 *   <li>infinity against infinity of the same sign is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 5, slope 5, curvature 8.
 *
 * @param c the scale of errors that still count, a positive finite number; 2.385 is usual where
 *     errors have deviation 1
 * @see <a href="https://doi.org/10.1080/03610927708827533">Holland and Welsch 1977, table 1</a>
 */
public record Cauchy(@Threshold double c) implements BuiltInFormula {
  /**
   * Checks c.
   *
   * @throws IllegalArgumentException unless {@code 0 < c < infinity}
   */
  public Cauchy {
    Options.requirePositive("c", c);
  }

  /** With c 1, SciPy's default. */
  public Cauchy() {
    this(1);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(5, 5, 8);
  }
}
