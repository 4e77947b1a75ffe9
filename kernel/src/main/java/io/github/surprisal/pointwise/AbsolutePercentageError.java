package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Absolute percentage error, with {@link Reduction#MEAN} the MAPE: 100 |p - t| / max(|t|, epsilon).
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>Slope: 100 sign(p - t) / max(|t|, epsilon), 0 at p = t; curvature: 0.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>a target of 0 gives 100 |p| / epsilon; the prediction is never clamped;
 *   <li>an infinite p gives loss infinity;
 *   <li>an infinite t gives loss 100 and slope 0;
 *   <li>infinity against infinity is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 3, slope 1, curvature exact.
 *
 * @param epsilon the least divisor, a positive finite number; Keras' is 1e-7
 */
public record AbsolutePercentageError(@Threshold double epsilon) implements BuiltInFormula {
  /**
   * Checks epsilon.
   *
   * @throws IllegalArgumentException unless {@code 0 < epsilon < infinity}
   */
  public AbsolutePercentageError {
    Options.requirePositive("epsilon", epsilon);
  }

  /** With epsilon 1e-7. */
  public AbsolutePercentageError() {
    this(1e-7);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(3, 1, 0);
  }
}
