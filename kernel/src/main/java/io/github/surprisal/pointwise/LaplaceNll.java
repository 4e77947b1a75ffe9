package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;

/**
 * Negative log-likelihood of a target t under a Laplace distribution of predicted median p and
 * scale b, the parameter of each element.
 *
 * <p>Predictions are medians, any numbers, targets are any numbers; scales are at least 0.
 *
 * <pre>
 *   l = log(2 s) + |d| / s,   d = p - t,   s = max(b, epsilon)
 *   l' = sign(d) / s,   l'' = 0,   dl/db = (1 - |d| / s) / s
 * </pre>
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>l' = 0 where d = 0;
 *   <li>where b is below epsilon, dl/db = 0: l does not depend on b there;
 *   <li>a negative b is NaN;
 *   <li>an infinite b costs infinity with slopes 0, an infinite d infinity with slope +-1 / s, both
 *       together NaN, as does infinity against infinity of the same sign.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 3, slope 3, curvature exact, for
 * scales up to MAX_VALUE / 2.
 *
 * @param epsilon the least scale, taken as the type's smallest normal number if it is below that
 */
public record LaplaceNll(@Threshold double epsilon) implements BuiltInFormula {
  /**
   * Checks epsilon.
   *
   * @throws IllegalArgumentException unless {@code 0 < epsilon < infinity}
   */
  public LaplaceNll {
    Options.requirePositive("epsilon", epsilon);
  }

  /** With epsilon 1e-6. */
  public LaplaceNll() {
    this(1e-6);
  }

  @Override
  public String parameterName() {
    return "scale";
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(3, 3, 0);
  }
}
