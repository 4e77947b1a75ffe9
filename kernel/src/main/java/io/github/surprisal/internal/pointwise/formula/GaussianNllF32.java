package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.DispersionF32.defined;
import static io.github.surprisal.internal.pointwise.formula.DispersionF32.raise;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.LogF32;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.GaussianNll;
import jdk.incubator.vector.FloatVector;

/**
 * With d = p - t, the variance v in a and w = max(v, epsilon):
 *
 * <pre>
 *   l = (log w + d^2 / w + constant) / 2,   l' = d / w,   l'' = 1 / w
 *   dl/dv = (1 / w - (d / w)^2) / 2, 0 where v < epsilon
 * </pre>
 *
 * d^2 / w is d (d / w), since d^2 may overflow where it does not.
 */
public final class GaussianNllF32 implements FormulaF32 {
  private static final double HALF_LOG_2PI = 0.9189385332046727;

  private final float epsilon;
  private final float halfConstant;

  public GaussianNllF32(GaussianNll loss) {
    epsilon = ThresholdF32.of(loss.epsilon());
    halfConstant = loss.full() ? (float) HALF_LOG_2PI : 0;
  }

  @Override
  public boolean derivativesOverflowFirst() {
    return true;
  }

  @Override
  public int intermediates() {
    return 1;
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector v, FloatVector b, FloatVector c) {
    FloatVector d = defined(p.sub(t), v);
    FloatVector w = raise(v, epsilon);
    FloatVector log = LogF32.log(w).fma(broadcast(F32, 0.5f), broadcast(F32, halfConstant));
    return d.mul(0.5f).fma(d.div(w), log);
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector v, FloatVector b, FloatVector c) {
    return defined(p.sub(t), v).div(raise(v, epsilon));
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector v, FloatVector b, FloatVector c) {
    FloatVector d = defined(p.sub(t), v);
    return broadcast(F32, 1f).div(raise(v, epsilon)).blend(d, d.compare(NE, d));
  }

  @Override
  public FloatVector parameterSlope(
      FloatVector p, FloatVector t, FloatVector v, FloatVector b, FloatVector c) {
    FloatVector d = defined(p.sub(t), v);
    FloatVector w = raise(v, epsilon);
    FloatVector ratio = d.div(w);
    FloatVector slope = ratio.mul(-0.5f).fma(ratio, broadcast(F32, 0.5f).div(w));
    return slope.blend(0f, v.compare(LT, epsilon)).blend(d, d.compare(NE, d));
  }
}
