package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ExpF32;
import io.github.surprisal.internal.lane.Log1pF32;
import io.github.surprisal.internal.lane.TanhF32;
import io.github.surprisal.pointwise.LogCosh;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * With d = p - t, tanh d in a, and E = e^(-2|d|) = (1 - |a|) / (1 + |a|):
 *
 * <pre>
 *   l   = log1p(sinh^2 d) / 2 for |d| < 7/8,   sinh^2 d = a^2 / (1 - a^2)
 *       = (|d| - log 2) + log1p(E) beyond
 *   l'  = a
 *   l'' = 4 E / (1 + E)^2
 * </pre>
 */
public final class LogCoshF32 implements FormulaF32 {
  private static final float LN2 = (float) 0x1.62e42fefa39efp-1;

  public LogCoshF32(LogCosh loss) {}

  @Override
  public int intermediates() {
    return 1;
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    return TanhF32.tanh(p.sub(t));
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector d = p.sub(t).abs();
    VectorMask<Float> near = d.compare(LT, 0.875f);
    FloatVector sum = a.abs().add(1f);
    FloatVector rest = broadcast(F32, 1f).sub(a.abs());
    FloatVector u = rest.blend(a.mul(a), near).div(sum.blend(sum.mul(rest), near));
    FloatVector log = Log1pF32.log1pUnit(u);
    return log.blend(log.mul(0.5f), near).add(d.sub(LN2).blend(0f, near));
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return a;
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector d = p.sub(t);
    FloatVector e = ExpF32.expNonPositive(d.abs().mul(-2f));
    FloatVector onePlus = e.add(1f);
    FloatVector curvature = e.mul(4f).div(onePlus.mul(onePlus));
    // What rounding d = p - t lost counts twice: the derivative of log l'' is -2 tanh d.
    FloatVector part = d.sub(p);
    FloatVector lost = p.sub(d.sub(part)).sub(t.add(part));
    FloatVector mended = curvature.fma(a.mul(lost).mul(-2f), curvature);
    return mended.blend(0f, e.compare(EQ, 0f));
  }
}
