package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.call.Options;

/**
 * Expectile loss, also asymmetric squared error: |alpha - [r &lt; 0]| r^2 with r = t - p. Its
 * minimum is the alpha-expectile of the targets.
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>Slope: -2 |alpha - [r &lt; 0]| r; curvature: 2 |alpha - [r &lt; 0]|.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>an infinite r gives loss infinity, or 0 with slope 0 on the side whose factor is 0;
 *   <li>infinity against infinity of the same sign is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 4, slope 3, curvature 1.
 *
 * @param alpha the level of the expectile, from 0 to 1; 1/2 gives half the {@link SquaredError}
 * @see <a href="https://doi.org/10.2307/1911031">Newey and Powell 1987</a>
 */
public record Expectile(double alpha) implements BuiltInFormula {
  /**
   * Checks alpha.
   *
   * @throws IllegalArgumentException unless {@code 0 <= alpha <= 1}
   */
  public Expectile {
    Options.requireUnit("alpha", alpha);
  }

  /** Of the mean, with alpha 0.5. */
  public Expectile() {
    this(0.5);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(4, 3, 1);
  }
}
