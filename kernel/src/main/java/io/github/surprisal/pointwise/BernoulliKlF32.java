package io.github.surprisal.pointwise;

import static io.github.surprisal.lane.Species.F32;
import static io.github.surprisal.pointwise.LogisticF32.times;
import static io.github.surprisal.pointwise.ProbabilityF32.defined;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.BernoulliKl;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.lane.Log1pF32;
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

  /** log(high / low). */
  private static FloatVector logRatio(FloatVector low, FloatVector high, FloatVector d) {
    // Where high / low may overflow, it is 2^64 times a quotient that does not.
    FloatVector raised = low.mul(0x1p64f);
    var isFar = raised.compare(LT, high);
    FloatVector quotient = d.div(low).blend(high.sub(raised).div(raised), isFar);
    FloatVector log = Log1pF32.log1pNonNegative(quotient);
    return log.blend(log.add((float) LOG_2_64), isFar);
  }

  @Override
  public int intermediates() {
    return 1;
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    FloatVector q = p.abs();
    FloatVector u = t.abs();
    var isBelow = u.compare(LT, q);
    FloatVector high = u.blend(q, isBelow);
    FloatVector d = high.sub(q.blend(u, isBelow));
    return Log1pF32.log1pNonNegative(d.div(broadcast(F32, 1f).sub(high)));
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector rest, FloatVector b, FloatVector c) {
    FloatVector one = broadcast(F32, 1f);
    // |p| and |t|, since -0 is a probability too.
    FloatVector q = p.abs();
    FloatVector u = t.abs();
    var isBelow = u.compare(LT, q);
    FloatVector low = q.blend(u, isBelow);
    FloatVector high = u.blend(q, isBelow);
    FloatVector d = high.sub(low);
    FloatVector valid = defined(defined(p, p), t);
    FloatVector negative = times(one.sub(u), rest);
    FloatVector log = logRatio(low, high, d);
    FloatVector y = u.mul(log).blend(0f, u.compare(EQ, 0f)).sub(negative);
    return y.blend(y.neg(), isBelow).blend(valid, valid.compare(NE, valid));
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return ProbabilityF32.slope(defined(defined(p, p), t), t);
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return ProbabilityF32.curvature(defined(defined(p, p), t), t);
  }
}
