package io.github.surprisal.pointwise;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.PoissonNll;
import io.github.surprisal.PoissonNll.CountTerm;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.lane.ExpF32;
import io.github.surprisal.lane.LogF32;
import io.github.surprisal.lane.LogFactorialF32;
import jdk.incubator.vector.FloatVector;

/**
 * With the rate in a, or its logarithm if p is a rate, and b = log(t!) / t or what stands for it:
 *
 * <pre>
 *   l = e^p + t (b - p),   l' = e^p - t,   l'' = e^p
 *   l = p + t (b - log s), l' = 1 - t / s, l'' = t / s^2,   s = p + epsilon
 * </pre>
 *
 * The sum of the terms that t multiplies stays finite where they would not. Boosting libraries take
 * e^(p + 0.7) for l''.
 */
public final class PoissonNllF32 implements FormulaF32 {
  private static final double EXP_MAX_DELTA_STEP = 2.0137527074704766; // e^0.7

  private final boolean logInput;
  private final CountTerm countTerm;

  // epsilon = high + low.
  private final float epsilon;
  private final float epsilonLow;

  private final float hessianFactor;

  public PoissonNllF32(PoissonNll loss) {
    this(loss, HessianConvention.EXACT);
  }

  public PoissonNllF32(PoissonNll loss, HessianConvention convention) {
    boolean isExact = convention == HessianConvention.EXACT;
    if (!isExact && !loss.logInput()) {
      throw convention.undefined(loss);
    }
    logInput = loss.logInput();
    countTerm = loss.countTerm();
    epsilon = (float) loss.epsilon();
    epsilonLow = (float) (loss.epsilon() - epsilon);
    hessianFactor = isExact ? 1 : (float) EXP_MAX_DELTA_STEP;
  }

  @Override
  public int intermediates() {
    return countTerm == CountTerm.NONE ? 1 : 2;
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    FloatVector a = logInput ? ExpF32.exp(p) : logRate(p);
    return a.blend(Float.NaN, t.compare(GE, 0f).not());
  }

  /** log s, accurate even where a large t multiplies it and s is near 1. */
  private FloatVector logRate(FloatVector p) {
    FloatVector s = p.add(epsilon);
    // What s lost when it was rounded.
    FloatVector added = s.sub(p);
    FloatVector lost = p.sub(s.sub(added)).add(broadcast(F32, epsilon).sub(added)).add(epsilonLow);
    FloatVector correction = lost.div(s);
    correction = correction.blend(0f, correction.abs().compare(LT, 1f).not());
    return LogF32.log(s).add(correction);
  }

  @Override
  public FloatVector second(FloatVector p, FloatVector t, FloatVector a) {
    if (countTerm == CountTerm.EXACT) {
      return LogFactorialF32.mean(t);
    }
    return LogFactorialF32.stirlingMean(t).blend(0f, t.compare(GT, 1f).not());
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
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector linear = logInput ? outweighed(a, p, t) : p;
    FloatVector log = logInput ? p : a;
    FloatVector tilt = countTerm == CountTerm.NONE ? log.neg() : b.sub(log);
    tilt = tilt.blend(0f, tilt.abs().compare(EQ, Float.POSITIVE_INFINITY).and(t.compare(EQ, 0f)));
    // At p = infinity a is infinite too, or NaN.
    return t.fma(tilt, linear).blend(a, p.compare(EQ, Float.POSITIVE_INFINITY));
  }

  /** t / s, or NaN as a is. */
  private FloatVector ratio(FloatVector p, FloatVector t, FloatVector a) {
    FloatVector ratio = t.div(p.add(epsilon)).blend(0f, t.compare(EQ, 0f));
    return ratio.blend(a, a.compare(NE, a));
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    if (logInput) {
      return outweighed(a, p, t).sub(t);
    }
    return broadcast(F32, 1f).sub(ratio(p, t, a));
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    if (logInput) {
      return a.mul(hessianFactor);
    }
    FloatVector ratio = ratio(p, t, a);
    return ratio.div(p.add(epsilon)).blend(ratio, t.compare(EQ, 0f));
  }
}
