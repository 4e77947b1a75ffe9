package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Smooth L1 loss of d = p - t: d^2 / (2 beta) for |d| &lt; beta, |d| - beta / 2 beyond.
 *
 * <p>Predictions are any numbers, targets are any numbers.
 *
 * <p>Slope: d / beta held to [-1, 1]; curvature: 1 / beta for |d| &lt; beta, else 0.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>beta 0 gives {@link AbsoluteError};
 *   <li>the quotient, not d^2, is formed first: no square overflows for a large beta;
 *   <li>an infinite d gives loss infinity and slope +-1;
 *   <li>infinity against infinity of the same sign is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 4, slope 3, curvature 1.
 *
 * @param beta where the square ends, 0 or a positive finite number; PyTorch's default is 1
 * @see <a href="https://arxiv.org/abs/1504.08083">Girshick 2015, equation 3</a>
 */
public record SmoothL1(@Threshold double beta) implements BuiltInFormula {
  /**
   * Checks beta.
   *
   * @throws IllegalArgumentException unless {@code 0 <= beta < infinity}
   */
  public SmoothL1 {
    Options.requireNonNegative("beta", beta);
  }

  /** With beta 1. */
  public SmoothL1() {
    this(1);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(4, 3, 1);
  }
}
