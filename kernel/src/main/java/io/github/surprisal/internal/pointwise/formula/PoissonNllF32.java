package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.ExpF32;
import io.github.surprisal.pointwise.PoissonNll;
import jdk.incubator.vector.FloatVector;

/**
 * Of log-rates p, with the rate e^p in a:
 *
 * <pre>
 *   l = e^p + t (m - p),   l' = e^p - t,   l'' = e^p
 * </pre>
 *
 * Here m = 0; subclasses, each with loops of its own, put the count term's {@link CountTermF32}
 * there. LightGBM and XGBoost before 3.5 take e^(p + 0.7) for l'', XGBoost 3.5 (t + 2 e^p) / 3.
 */
public class PoissonNllF32 implements FormulaF32 {
  private static final double EXP_MAX_DELTA_STEP = 2.0137527074704766; // e^0.7

  // l'' = claim t + mean e^p.
  private final float claim;
  private final float mean;

  public PoissonNllF32(PoissonNll loss) {
    this(loss, HessianConvention.EXACT);
  }

  public PoissonNllF32(PoissonNll loss, HessianConvention convention) {
    boolean bounded = convention == HessianConvention.XGBOOST_3_5;
    boolean exact = convention == HessianConvention.EXACT;
    claim = bounded ? (float) (1 / 3.0) : 0;
    mean = bounded ? (float) (2 / 3.0) : exact ? 1 : (float) EXP_MAX_DELTA_STEP;
  }

  @Override
  public final boolean derivativesOverflowFirst() {
    return mean > 1;
  }

  @Override
  public int intermediates() {
    return 1;
  }

  @Override
  public final FloatVector first(FloatVector p, FloatVector t) {
    return broadcast(F32, Float.NaN).blend(ExpF32.exp(p), t.compare(GE, 0f));
  }

  /**
   * e^p, or 0 where an infinite t outweighs it: a finite p has a finite rate, even if it overflows.
   */
  private static FloatVector outweighed(FloatVector rate, FloatVector p, FloatVector t) {
    return rate.blend(
        0f, t.compare(EQ, Float.POSITIVE_INFINITY).and(p.compare(LT, Float.POSITIVE_INFINITY)));
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector rate, FloatVector b, FloatVector c) {
    return value(p, t, rate, p.neg());
  }

  /** l, with the tilt m - p. */
  static FloatVector value(FloatVector p, FloatVector t, FloatVector rate, FloatVector tilt) {
    // At p = infinity the rate is infinite too, or NaN.
    return CountTermF32.plus(outweighed(rate, p, t), t, tilt)
        .blend(rate, p.compare(EQ, Float.POSITIVE_INFINITY));
  }

  @Override
  public final FloatVector slope(
      FloatVector p, FloatVector t, FloatVector rate, FloatVector b, FloatVector c) {
    return outweighed(rate, p, t).sub(t);
  }

  @Override
  public final FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector rate, FloatVector b, FloatVector c) {
    return rate.mul(mean).add(LogisticF32.times(broadcast(F32, claim), t));
  }
}
