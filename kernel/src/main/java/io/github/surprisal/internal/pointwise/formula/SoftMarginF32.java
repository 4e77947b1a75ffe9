package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.LogisticF32.times;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.Log1pF32;
import io.github.surprisal.pointwise.SoftMargin;
import jdk.incubator.vector.FloatVector;

/**
 * With y = -t p and e = exp(-|y|) in a:
 *
 * <pre>
 *   l = softplus(y) = max(y, 0) + log1p(e),   l' = -t sigmoid(y),   l'' = t^2 e / (1 + e)^2
 * </pre>
 */
public final class SoftMarginF32 implements FormulaF32 {
  public SoftMarginF32(SoftMargin loss) {}

  @Override
  public int intermediates() {
    return 1;
  }

  private static FloatVector y(FloatVector p, FloatVector t) {
    return MarginF32.minusProduct(0f, p, t);
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    FloatVector y = y(p, t);
    FloatVector e = LogisticF32.e(y);
    // e^-|y + lost| = e (1 -+ lost), with what y lost when it was rounded.
    FloatVector lost = p.fma(t.neg(), y.neg());
    lost = lost.blend(lost.neg(), y.compare(GE, 0f));
    lost = zero(F32).blend(lost, lost.abs().compare(LT, 1f));
    return e.fma(lost, e);
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector e, FloatVector b, FloatVector c) {
    return LogisticF32.softplus(y(p, t), Log1pF32.log1pUnit(e));
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector e, FloatVector b, FloatVector c) {
    FloatVector larger = broadcast(F32, 1f).div(e.add(1f));
    return times(LogisticF32.select(y(p, t), larger, e.mul(larger)), t.neg());
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector e, FloatVector b, FloatVector c) {
    // Not t^2 times the variance: t^2 may overflow where the result does not.
    return times(times(LogisticF32.variance(e, 0f), t), t);
  }
}
