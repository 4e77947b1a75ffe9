package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.HessianConvention;
import io.github.surprisal.Reduction;

/**
 * Gamma deviance, up to factor and constant, of the logarithm p of a mean against a target t > 0.
 *
 * <p>Predictions are logarithms of means, targets are numbers above 0.
 *
 * <pre>
 *   l = t e^-p + p,   l' = 1 - t e^-p,   l'' = t e^-p
 * </pre>
 *
 * The conventions of LightGBM and of XGBoost before 3.5 are this.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>t e^-p is finite unless it overflows itself, however large e^-p is;
 *   <li>t = 0 and a negative t are NaN;
 *   <li>p = -infinity costs infinity, with slope -infinity, and so does an infinite t;
 *   <li>p = infinity costs infinity, with slope 1; against an infinite t it is NaN.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 3, slope 2, curvature 2; within 4
 * by {@link HessianConvention#XGBOOST_3_5}.
 */
public record Gamma() implements BuiltInFormula {
  @Override
  public Bounds bounds() {
    return Bounds.ofElements(3, 2, 2);
  }

  @Override
  public Bounds bounds(HessianConvention convention) {
    return convention == HessianConvention.XGBOOST_3_5 ? Bounds.ofElements(3, 2, 4) : bounds();
  }
}
