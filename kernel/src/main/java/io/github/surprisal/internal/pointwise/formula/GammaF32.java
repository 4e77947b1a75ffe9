package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ExpF32;
import io.github.surprisal.pointwise.Gamma;
import jdk.incubator.vector.FloatVector;

/**
 * With a = t e^-p: l = a + p, l' = 1 - a, l'' = a, but (2 a + 1) / 3 by XGBoost 3.5.
 *
 * <p>LightGBM and earlier XGBoost have the exact l''.
 */
public final class GammaF32 implements FormulaF32 {
  // l'' = claim a + mean.
  private final float claim;
  private final float mean;

  public GammaF32(Gamma loss) {
    this(loss, HessianConvention.EXACT);
  }

  public GammaF32(Gamma loss, HessianConvention convention) {
    boolean bounded = convention == HessianConvention.XGBOOST_3_5;
    claim = bounded ? (float) (2 / 3.0) : 1;
    mean = bounded ? (float) (1 / 3.0) : 0;
  }

  @Override
  public int intermediates() {
    return 1;
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    return broadcast(F32, Float.NaN).blend(ExpF32.expTimes(p.neg(), t), t.compare(GT, 0f));
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return a.add(p).blend(a, a.compare(EQ, Float.POSITIVE_INFINITY));
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return broadcast(F32, 1f).sub(a);
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return a.mul(claim).add(mean);
  }
}
