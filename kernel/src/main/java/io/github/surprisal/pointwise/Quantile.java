package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.call.Options;

/**
 * Quantile loss, also pinball loss: max(alpha r, (alpha - 1) r) with r = t - p. Its minimum is the
 * alpha-quantile of the targets.
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>Slope: -alpha for r > 0, 1 - alpha for r &lt; 0, 0 at r = 0; curvature: 0.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>an infinite r gives loss infinity, or 0 on the side whose factor is 0;
 *   <li>infinity against infinity of the same sign is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 3, slope 1, curvature exact.
 *
 * @param alpha the level of the quantile, from 0 to 1; 1/2 gives half the {@link AbsoluteError}
 * @see <a href="https://doi.org/10.2307/1913643">Koenker and Bassett 1978</a>
 */
public record Quantile(double alpha) implements BuiltInFormula {
  /**
   * Checks alpha.
   *
   * @throws IllegalArgumentException unless {@code 0 <= alpha <= 1}
   */
  public Quantile {
    Options.requireUnit("alpha", alpha);
  }

  /** Of the median, with alpha 0.5. */
  public Quantile() {
    this(0.5);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(3, 1, 0);
  }
}
