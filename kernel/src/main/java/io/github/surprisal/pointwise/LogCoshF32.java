package io.github.surprisal.pointwise;

import static io.github.surprisal.lane.Species.F32;
import static io.github.surprisal.pointwise.DifferenceF32.signed;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;

import io.github.surprisal.LogCosh;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.lane.ExpF32;
import io.github.surprisal.lane.Expm1F32;
import io.github.surprisal.lane.Log1pF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * With d = p - t, y = |d|, h = e^-y - 1 in a, and E = e^-2y:
 *
 * <pre>
 *   l   = log1p(h^2 / (2 (1 + h))) for y < 1,   since cosh y - 1 = (e^-y - 1)^2 / (2 e^-y)
 *       = (y - ln 2) + log1p(E) beyond
 *   l'  = sign(d) (1 - E) / (1 + E),   1 - E = -h (2 + h)
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
    return Expm1F32.expm1(p.sub(t).abs().neg());
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector h, FloatVector b, FloatVector c) {
    FloatVector y = p.sub(t).abs();
    FloatVector e = h.add(1f);
    VectorMask<Float> far = y.compare(GE, 1f);
    FloatVector u = h.mul(h).div(e.add(e)).blend(e.mul(e), far);
    return zero(F32).blend(y.sub(LN2), far).add(Log1pF32.log1pUnit(u));
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector h, FloatVector b, FloatVector c) {
    FloatVector e = h.add(1f);
    FloatVector tanh = h.neg().mul(h.add(2f)).div(e.fma(e, broadcast(F32, 1f)));
    return signed(tanh, p.sub(t));
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector h, FloatVector b, FloatVector c) {
    FloatVector d = p.sub(t);
    FloatVector e = ExpF32.expNonPositive(d.abs().mul(-2f));
    FloatVector inverse = broadcast(F32, 1f).div(e.add(1f));
    FloatVector curvature = e.mul(4f).mul(inverse).mul(inverse);
    // What rounding d = p - t lost counts twice: the derivative of log l'' is -2 tanh d.
    FloatVector part = d.sub(p);
    FloatVector lost = p.sub(d.sub(part)).sub(t.add(part));
    FloatVector tanh = signed(broadcast(F32, 1f).sub(e).mul(inverse), d);
    FloatVector mended = curvature.fma(tanh.mul(lost).mul(-2f), curvature);
    return mended.blend(0f, e.compare(EQ, 0f));
  }
}
