package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Tukey's biweight loss of d = p - t: c^2 / 6 (1 - (1 - u)^3), u = (d / c)^2, for |d| &lt;= c, and
 * c^2 / 6 beyond.
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>Slope: d (1 - u)^2; curvature: (1 - u) (1 - 5 u), negative where 5 u > 1; both 0 beyond c:
 * such an element does not count.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>a small loss keeps its relative accuracy;
 *   <li>an infinite d gives loss c^2 / 6, slope and curvature 0;
 *   <li>infinity against infinity of the same sign is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 6, slope 8, curvature 8. The terms
 * of the slope are |d| (1 - u), those of the curvature max(1, 5 u) (1 - u) and |1 - 5 u|.
 *
 * @param c from where on errors do not count, a positive finite number
 * @see <a href="https://doi.org/10.1080/00401706.1974.10489171">Beaton and Tukey 1974</a>
 */
public record Tukey(@Threshold double c) implements BuiltInFormula {
  /**
   * Checks c.
   *
   * @throws IllegalArgumentException unless {@code 0 < c < infinity}
   */
  public Tukey {
    Options.requirePositive("c", c);
  }

  /** With c 4.685, which is usual where errors have deviation 1. */
  public Tukey() {
    this(4.685);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(6, 8, 8);
  }
}
