package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Epsilon-insensitive loss of d = p - t, of support vector regression: max(0, |d| - epsilon).
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>Slope: the sign of d for |d| > epsilon, else 0; curvature: 0.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>epsilon 0 gives the loss of {@link AbsoluteError};
 *   <li>an infinite d gives loss infinity and slope +-1;
 *   <li>infinity against infinity of the same sign is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 2, slope exact, curvature exact,
 * the loss of |d|.
 *
 * @param epsilon the largest error that costs nothing, 0 or a positive finite number
 * @see <a href="https://doi.org/10.1023/B:STCO.0000035301.49549.88">Smola and Schölkopf 2004,
 *     section 1.2</a>
 */
public record EpsilonInsensitive(@Threshold double epsilon) implements BuiltInFormula {
  /**
   * Checks epsilon.
   *
   * @throws IllegalArgumentException unless {@code 0 <= epsilon < infinity}
   */
  public EpsilonInsensitive {
    Options.requireNonNegative("epsilon", epsilon);
  }

  /** With epsilon 0.1, scikit-learn's default. */
  public EpsilonInsensitive() {
    this(0.1);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(2, 0, 0);
  }
}
