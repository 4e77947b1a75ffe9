package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.constant;
import static io.github.surprisal.internal.pointwise.formula.DifferenceF32.signed;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.AbsolutePercentageError;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * With d = p - t and s = max(|t|, epsilon): l = 100 |d| / s, l' = 100 sign(d) / s, l'' = 0.
 *
 * <p>LightGBM minimizes a hundredth of it with l'' = 1, which is 100 here.
 */
public final class AbsolutePercentageErrorF32 implements FormulaF32 {
  private final float epsilon;
  private final float curvature;

  public AbsolutePercentageErrorF32(AbsolutePercentageError loss) {
    this(loss, HessianConvention.EXACT);
  }

  public AbsolutePercentageErrorF32(AbsolutePercentageError loss, HessianConvention convention) {
    epsilon = ThresholdF32.of(loss.epsilon());
    curvature = convention == HessianConvention.LIGHTGBM ? 100 : 0;
    if (convention.isXgboost()) {
      throw convention.undefined(loss);
    }
  }

  private FloatVector scale(FloatVector t) {
    return t.abs().blend(epsilon, t.abs().compare(LT, epsilon));
  }

  /** d, but NaN where p and t are infinite: the quotient has no limit there. */
  private static FloatVector difference(FloatVector p, FloatVector t) {
    // Of halves, so that it is finite where p and t are.
    FloatVector sum = p.mul(0.5f).add(t.mul(0.5f));
    return p.sub(t).blend(sum, sum.compare(NE, sum));
  }

  @Override
  public boolean derivativesOverflowFirst() {
    return epsilon < 1e-36f;
  }

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    FloatVector d = difference(p, t);
    VectorMask<Float> limit = t.abs().compare(EQ, Float.POSITIVE_INFINITY).and(d.compare(EQ, d));
    return d.abs().div(scale(t)).blend(1f, limit).mul(100f);
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    return signed(broadcast(F32, 100f).div(scale(t)), difference(p, t));
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    return constant(curvature, difference(p, t));
  }
}
