package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ExpF32;
import io.github.surprisal.internal.lane.LogF32;
import io.github.surprisal.pointwise.KlDivergence;
import jdk.incubator.vector.FloatVector;

/**
 * <pre>
 *   l = t (log t - p),  l' = -t,   l'' = 0
 *   l = e^t (t - p),    l' = -e^t, l'' = 0,   of a target that is a log-probability
 * </pre>
 *
 * A target of no probability gives 0 whatever p is.
 */
public final class KlDivergenceF32 implements FormulaF32 {
  private final boolean logTarget;
  private final float none;

  public KlDivergenceF32(KlDivergence loss) {
    logTarget = loss.logTarget();
    none = logTarget ? Float.NEGATIVE_INFINITY : 0;
  }

  /** y, or NaN if p or t is, or if t is negative. */
  private FloatVector defined(FloatVector y, FloatVector p, FloatVector t) {
    FloatVector defined = y.blend(p, p.compare(NE, p)).blend(t, t.compare(NE, t));
    return defined.blend(Float.NaN, t.compare(LT, none));
  }

  @Override
  public boolean derivativesOverflowFirst() {
    return logTarget;
  }

  @Override
  public int intermediates() {
    return logTarget ? 0 : 1;
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    return LogF32.log(t);
  }

  @Override
  public FloatVector value(FloatVector p, FloatVector t) {
    FloatVector valid = defined(zero(F32), p, t);
    FloatVector y = ExpF32.expTimes(t, t.sub(p)).blend(0f, t.compare(EQ, none));
    return y.blend(valid, valid.compare(NE, valid));
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector log, FloatVector b, FloatVector c) {
    return defined(t.mul(log.sub(p)).blend(0f, t.compare(EQ, none)), p, t);
  }

  @Override
  public FloatVector slope(FloatVector p, FloatVector t) {
    FloatVector valid = defined(zero(F32), p, t);
    return ExpF32.exp(t).neg().blend(valid, valid.compare(NE, valid));
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return defined(t.neg(), p, t);
  }

  @Override
  public FloatVector curvature(FloatVector p, FloatVector t) {
    return defined(zero(F32), p, t);
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return curvature(p, t);
  }
}
