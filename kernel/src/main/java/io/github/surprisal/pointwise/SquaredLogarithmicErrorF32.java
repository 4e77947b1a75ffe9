package io.github.surprisal.pointwise;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.SquaredLogarithmicError;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.lane.Log1pF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * With s = 1 + p and the difference of logarithms g in a:
 *
 * <pre>
 *   g = log(1 + p) - log(1 + t) = log1p(z),   z = (p - t) / (1 + t)
 *   l = g^2,   l' = 2 g / s,   l'' = 2 (1 - g) / s^2
 * </pre>
 *
 * g is log1p(z) where |z| is small, so that nothing cancels there.
 *
 * <p>XGBoost, which minimizes half of it, raises s to at least 1e-6 in l' and l'', and l'' to at
 * least 2e-6; b is the g of the raised s.
 */
public final class SquaredLogarithmicErrorF32 implements FormulaF32 {
  private static final float LOG_LEAST = (float) -13.815510557964274; // log(1e-6)

  private final float least;
  private final float leastCurvature;

  public SquaredLogarithmicErrorF32(SquaredLogarithmicError loss) {
    this(loss, HessianConvention.EXACT);
  }

  public SquaredLogarithmicErrorF32(SquaredLogarithmicError loss, HessianConvention convention) {
    boolean raised = convention == HessianConvention.XGBOOST;
    least = raised ? (float) 1e-6 : Float.NEGATIVE_INFINITY;
    leastCurvature = raised ? (float) 2e-6 : Float.NEGATIVE_INFINITY;
    if (convention == HessianConvention.LIGHTGBM) {
      throw convention.undefined(loss);
    }
  }

  @Override
  public int intermediates() {
    return least > 0 ? 2 : 1;
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    FloatVector z = p.sub(t).div(t.add(1f));
    VectorMask<Float> near = z.abs().compare(LE, 0.5f);
    FloatVector minuend = Log1pF32.log1p(p.blend(z, near));
    FloatVector subtrahend = Log1pF32.log1p(t.blend(0f, near));
    return minuend.sub(subtrahend).blend(Float.NaN, t.compare(LE, -1f));
  }

  @Override
  public FloatVector second(FloatVector p, FloatVector t, FloatVector g) {
    FloatVector raised = broadcast(F32, LOG_LEAST).sub(Log1pF32.log1p(t));
    return raised.blend(g, g.compare(NE, g));
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector g, FloatVector b, FloatVector c) {
    return g.mul(g);
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector g, FloatVector b, FloatVector c) {
    FloatVector s = p.add(1f);
    VectorMask<Float> low = s.compare(LT, least);
    FloatVector difference = g.blend(b, low);
    FloatVector slope = difference.mul(2f).div(s.blend(least, low));
    return atInfinity(p, difference, slope);
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector g, FloatVector b, FloatVector c) {
    FloatVector s = p.add(1f);
    VectorMask<Float> low = s.compare(LT, least);
    FloatVector difference = g.blend(b, low);
    s = s.blend(least, low);
    // s^2 might overflow.
    FloatVector curvature = broadcast(F32, 1f).sub(difference).mul(2f).div(s).div(s);
    curvature = atInfinity(p, difference, curvature);
    return curvature.blend(leastCurvature, curvature.compare(LT, leastCurvature));
  }

  /** A derivative, with its limit 0 for an infinite p. */
  private static FloatVector atInfinity(
      FloatVector p, FloatVector difference, FloatVector derivative) {
    VectorMask<Float> infinite = p.compare(EQ, Float.POSITIVE_INFINITY);
    return derivative.blend(0f, infinite.and(difference.compare(EQ, difference)));
  }
}
