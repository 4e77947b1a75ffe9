package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.DispersionF32.defined;
import static io.github.surprisal.internal.pointwise.formula.DispersionF32.raise;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.LogF32;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.LaplaceNll;
import jdk.incubator.vector.FloatVector;

/**
 * With d = p - t, the scale in a and s = max(scale, epsilon):
 *
 * <pre>
 *   l = log(2 s) + |d| / s,   l' = sign(d) / s,   l'' = 0
 *   dl/ds = (1 - |d| / s) / s, 0 where the scale is below epsilon
 * </pre>
 */
public final class LaplaceNllF32 implements FormulaF32 {
  private final float epsilon;

  public LaplaceNllF32(LaplaceNll loss) {
    epsilon = ThresholdF32.of(loss.epsilon());
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
      FloatVector p, FloatVector t, FloatVector scale, FloatVector b, FloatVector c) {
    FloatVector d = defined(p.sub(t), scale);
    FloatVector s = raise(scale, epsilon);
    return LogF32.log(s.mul(2f)).add(d.abs().div(s));
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector scale, FloatVector b, FloatVector c) {
    FloatVector d = defined(p.sub(t), scale);
    FloatVector inverse = broadcast(F32, 1f).div(raise(scale, epsilon));
    FloatVector slope = inverse.blend(inverse.neg(), d.compare(LT, 0f));
    return slope.blend(0f, d.compare(EQ, 0f)).blend(d, d.compare(NE, d));
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector scale, FloatVector b, FloatVector c) {
    FloatVector d = defined(p.sub(t), scale);
    return zero(F32).blend(d, d.compare(NE, d));
  }

  @Override
  public FloatVector parameterSlope(
      FloatVector p, FloatVector t, FloatVector scale, FloatVector b, FloatVector c) {
    FloatVector d = defined(p.sub(t), scale);
    FloatVector s = raise(scale, epsilon);
    FloatVector slope = broadcast(F32, 1f).sub(d.abs().div(s)).div(s);
    return slope.blend(0f, scale.compare(LT, epsilon)).blend(d, d.compare(NE, d));
  }
}
