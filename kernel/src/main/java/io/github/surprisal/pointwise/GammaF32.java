package io.github.surprisal.pointwise;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.surprisal.Gamma;
import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.lane.ExpF32;
import jdk.incubator.vector.FloatVector;

/** With a = t e^-p: l = a + p, l' = 1 - a, l'' = a, under every convention. */
public final class GammaF32 implements FormulaF32 {
  public GammaF32(Gamma loss) {}

  public GammaF32(Gamma loss, HessianConvention convention) {}

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
    return a;
  }
}
