package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Huber loss of d = p - t: d^2 / 2 for |d| &lt;= delta, delta (|d| - delta / 2) beyond.
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>Slope: d held to [-delta, delta]; curvature: 1 for |d| &lt;= delta, else 0.
 *
 * <p>{@link Reduction#MEAN} divides, as PyTorch, by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>an infinite d gives loss infinity and slope +-delta;
 *   <li>infinity against infinity of the same sign is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 3, slope 1, curvature exact.
 *
 * @param delta where the square ends, a positive finite number; PyTorch's default is 1
 * @see <a href="https://doi.org/10.1214/aoms/1177703732">Huber 1964, section 1</a>
 */
public record Huber(@Threshold double delta) implements BuiltInFormula {
  /**
   * Checks delta.
   *
   * @throws IllegalArgumentException unless {@code 0 < delta < infinity}
   */
  public Huber {
    Options.requirePositive("delta", delta);
  }

  /** With delta 1. */
  public Huber() {
    this(1);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(3, 1, 0);
  }
}
