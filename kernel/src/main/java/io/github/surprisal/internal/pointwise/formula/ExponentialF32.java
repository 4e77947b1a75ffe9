package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.LogisticF32.times;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ExpF32;
import io.github.surprisal.pointwise.Exponential;
import jdk.incubator.vector.FloatVector;

/** With y = -t p and e^y in a: l = a, l' = -t a, l'' = t^2 a. */
public final class ExponentialF32 implements FormulaF32 {
  public ExponentialF32(Exponential loss) {}

  @Override
  public int intermediates() {
    return 1;
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    FloatVector y = MarginF32.minusProduct(0f, p, t);
    FloatVector a = ExpF32.expTimes(y, broadcast(F32, 1f));
    // e^(y + lost) = a (1 + lost), with what y lost when it was rounded.
    FloatVector lost = p.fma(t.neg(), y.neg());
    lost = zero(F32).blend(lost, lost.abs().compare(LT, 1f));
    return a.blend(a.fma(lost, a), a.compare(LT, Float.POSITIVE_INFINITY));
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return a;
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return times(a, t.neg());
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return times(times(a, t), t);
  }
}
