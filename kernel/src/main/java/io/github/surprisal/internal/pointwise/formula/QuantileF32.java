package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.constant;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.pointwise.Quantile;
import jdk.incubator.vector.FloatVector;

/**
 * With d = p - t and k = 1 - alpha for d > 0, else alpha: l = k |d|, l' = sign(d) k, l'' = 0.
 *
 * <p>Under a convention l'' = 1, and l' = 1 - alpha at d = 0.
 */
public final class QuantileF32 implements FormulaF32 {
  private final float below;
  private final float above;
  private final float slopeAtZero;
  private final float curvature;

  public QuantileF32(Quantile loss) {
    this(loss, HessianConvention.EXACT);
  }

  public QuantileF32(Quantile loss, HessianConvention convention) {
    boolean exact = convention == HessianConvention.EXACT;
    below = (float) loss.alpha();
    above = (float) (1 - loss.alpha());
    slopeAtZero = exact ? 0 : above;
    curvature = exact ? 0 : 1;
    if (convention == HessianConvention.XGBOOST_3_5) {
      throw convention.undefined(loss);
    }
  }

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t);
    FloatVector k = constant(below, d).blend(above, d.compare(GT, 0f));
    return LogisticF32.times(k, d.abs());
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    FloatVector d = p.sub(t);
    FloatVector slope = constant(slopeAtZero, d).blend(-below, d.compare(LT, 0f));
    return slope.blend(above, d.compare(GT, 0f));
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    return constant(curvature, p.sub(t));
  }
}
