package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.LogisticF32.times;
import static io.github.surprisal.internal.pointwise.formula.ProbabilityF32.defined;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.Log1pF32;
import io.github.surprisal.pointwise.BernoulliKl;
import jdk.incubator.vector.FloatVector;

/**
 * With low and high the smaller and larger of p and t, and d = high - low:
 *
 * <pre>
 *   l = t log(high / low) - (1 - t) log((1 - low) / (1 - high)),   or -l where t < p
 *   log(high / low) = log1p(d / low),   log((1 - low) / (1 - high)) = log1p(d / (1 - high))
 * </pre>
 *
 * so that logarithms next to p = t are as accurate as d, which is exact there.
 */
public final class BernoulliKlF32 implements FormulaF32 {
  private static final double LOG_2_64 = 64 * 0.6931471805599453;

  public BernoulliKlF32(BernoulliKl loss) {}

  // |p| and |t|, since -0 is a probability too.

  private static FloatVector low(FloatVector p, FloatVector t) {
    return p.abs().blend(t.abs(), t.abs().compare(LT, p.abs()));
  }

  private static FloatVector high(FloatVector p, FloatVector t) {
    return t.abs().blend(p.abs(), t.abs().compare(LT, p.abs()));
  }

  @Override
  public int intermediates() {
    return 2;
  }

  /** log((1 - low) / (1 - high)). */
  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    FloatVector high = high(p, t);
    FloatVector d = high.sub(low(p, t));
    return Log1pF32.log1pNonNegative(d.div(broadcast(F32, 1f).sub(high)));
  }

  /** log(high / low). */
  @Override
  public FloatVector second(FloatVector p, FloatVector t, FloatVector a) {
    FloatVector low = low(p, t);
    FloatVector high = high(p, t);
    // Where high / low may overflow, it is 2^64 times a quotient that does not.
    FloatVector raised = low.mul(0x1p64f);
    var isFar = raised.compare(LT, high);
    FloatVector quotient = high.sub(low).div(low).blend(high.sub(raised).div(raised), isFar);
    FloatVector log = Log1pF32.log1pNonNegative(quotient);
    return log.blend(log.add((float) LOG_2_64), isFar);
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector rest, FloatVector log, FloatVector c) {
    FloatVector u = t.abs();
    FloatVector negative = times(broadcast(F32, 1f).sub(u), rest);
    FloatVector y = times(u, log).sub(negative);
    FloatVector valid = defined(defined(p, p), t);
    return y.blend(y.neg(), u.compare(LT, p.abs())).blend(valid, valid.compare(NE, valid));
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return ProbabilityF32.slope(defined(defined(p, p), t), t, broadcast(F32, 1f).sub(t));
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return ProbabilityF32.curvature(defined(defined(p, p), t), t, broadcast(F32, 1f).sub(t));
  }
}
