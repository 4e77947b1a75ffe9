package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.LogF32;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.PoissonNll;
import jdk.incubator.vector.FloatVector;

/**
 * Of rates p, with s = p + epsilon and log s in a:
 *
 * <pre>
 *   l = p + t (m - log s),   l' = 1 - t / s,   l'' = t / s^2
 * </pre>
 *
 * Here m = 0; subclasses, each with loops of its own, put the count term's {@link CountTermF32}
 * there.
 */
public class PoissonNllRateF32 implements FormulaF32 {
  private final float epsilon;

  public PoissonNllRateF32(PoissonNll loss) {
    epsilon = ThresholdF32.of(loss.epsilon());
  }

  @Override
  public final boolean derivativesOverflowFirst() {
    return true;
  }

  @Override
  public int intermediates() {
    return 1;
  }

  /** log s, accurate even where a large t multiplies it and s is near 1. */
  @Override
  public final FloatVector first(FloatVector p, FloatVector t) {
    FloatVector s = p.add(epsilon);
    FloatVector log = LogF32.log(s);
    // What s lost when it was rounded.
    FloatVector added = s.sub(p);
    FloatVector lost = p.sub(s.sub(added)).add(broadcast(F32, epsilon).sub(added));
    FloatVector correction = lost.div(s);
    correction = zero(F32).blend(correction, correction.abs().compare(LT, 1f));
    return broadcast(F32, Float.NaN).blend(log.add(correction), t.compare(GE, 0f));
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector log, FloatVector b, FloatVector c) {
    return value(p, t, log, log.neg());
  }

  /** l, with the tilt m - log s. */
  static FloatVector value(FloatVector p, FloatVector t, FloatVector log, FloatVector tilt) {
    // At p = infinity the logarithm is infinite too, or NaN.
    return CountTermF32.plus(p, t, tilt).blend(log, p.compare(EQ, Float.POSITIVE_INFINITY));
  }

  /** t / s, or NaN as its logarithm is. */
  private FloatVector ratio(FloatVector p, FloatVector t, FloatVector log) {
    FloatVector ratio = t.div(p.add(epsilon)).blend(0f, t.compare(EQ, 0f));
    return ratio.blend(log, log.compare(NE, log));
  }

  @Override
  public final FloatVector slope(
      FloatVector p, FloatVector t, FloatVector log, FloatVector b, FloatVector c) {
    return broadcast(F32, 1f).sub(ratio(p, t, log));
  }

  @Override
  public final FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector log, FloatVector b, FloatVector c) {
    FloatVector ratio = ratio(p, t, log);
    return ratio.div(p.add(epsilon)).blend(ratio, t.compare(EQ, 0f));
  }
}
