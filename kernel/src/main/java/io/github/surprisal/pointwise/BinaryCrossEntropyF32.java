package io.github.surprisal.pointwise;

import static io.github.surprisal.lane.Species.F32;
import static io.github.surprisal.pointwise.LogisticF32.times;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.BinaryCrossEntropy;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.lane.Log1pF32;
import io.github.surprisal.lane.Log1pF64Twin;
import io.github.surprisal.lane.LogF32;
import io.github.surprisal.lane.LogF64Twin;
import jdk.incubator.vector.FloatVector;

/**
 * With c = p held to [epsilon, 1 - epsilon] and log c in a:
 *
 * <pre>
 *   l = -(t log c + (1 - t) log1p(-c))
 *   l' = (1 - t) / (1 - p) - t / p,   l'' = (1 - t) / (1 - p)^2 + t / p^2,   both 0 where p != c
 * </pre>
 */
public final class BinaryCrossEntropyF32 implements FormulaF32 {
  // The least and the largest number of the type in [epsilon, 1 - epsilon].
  private final float low;
  private final float high;

  // Not logarithms of low and high: 1 - epsilon may round to 1.
  private final float logEpsilon;
  private final float logRest;

  public BinaryCrossEntropyF32(BinaryCrossEntropy loss) {
    double epsilon = loss.epsilon();
    float nearLow = (float) epsilon;
    low = nearLow < epsilon ? Math.nextUp(nearLow) : nearLow;
    float nearHigh = (float) (1 - epsilon);
    high = 1 - (double) nearHigh < epsilon ? Math.nextDown(nearHigh) : nearHigh;
    logEpsilon = (float) LogF64Twin.log(epsilon);
    logRest = (float) Log1pF64Twin.log1p(-epsilon);
  }

  @Override
  public int intermediates() {
    return 1;
  }

  /** {@code p}, or NaN outside [0, 1]. */
  private static FloatVector unit(FloatVector p) {
    return p.blend(Float.NaN, p.compare(LT, 0f).or(p.compare(GT, 1f)));
  }

  /** {@code weight} for p in [epsilon, 1 - epsilon], 0 elsewhere; NaN stays. */
  private FloatVector held(FloatVector weight, FloatVector p) {
    return weight.blend(weight.sub(weight), p.compare(LT, low).or(p.compare(GT, high)));
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    FloatVector inside = unit(p);
    FloatVector log = LogF32.log(inside);
    log = log.blend(logEpsilon, inside.compare(LT, low));
    return log.blend(logRest, inside.compare(GT, high));
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector log, FloatVector b, FloatVector c) {
    FloatVector positive = times(t, log);
    FloatVector rest = broadcast(F32, 1f).sub(t);
    // With a weight of 0, any other number gives the same, and p = 1 a product that is not NaN.
    FloatVector inside = unit(p).blend(0f, rest.compare(EQ, 0f));
    FloatVector logOfRest = Log1pF32.log1p(inside.neg());
    logOfRest = logOfRest.blend(logRest, inside.compare(LT, low));
    logOfRest = logOfRest.blend(logEpsilon, inside.compare(GT, high));
    return rest.mul(logOfRest).add(positive).neg();
  }

  /** A {@code quotient} of a, up to the largest number, with 0/0 = 0. */
  private static FloatVector capped(FloatVector quotient, FloatVector a) {
    FloatVector y = quotient.blend(Float.MAX_VALUE, quotient.compare(GT, Float.MAX_VALUE));
    y = y.blend(-Float.MAX_VALUE, y.compare(LT, -Float.MAX_VALUE));
    return y.blend(0f, a.compare(EQ, 0f));
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector inside = unit(p);
    FloatVector positive = held(t, inside);
    FloatVector negative = held(broadcast(F32, 1f).sub(t), inside);
    FloatVector rest = broadcast(F32, 1f).sub(inside);
    // |p|, since -0 is a probability too.
    positive = capped(positive.div(inside.abs()), positive);
    return capped(negative.div(rest), negative).sub(positive);
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector inside = unit(p);
    FloatVector positive = held(t, inside);
    FloatVector negative = held(broadcast(F32, 1f).sub(t), inside);
    FloatVector rest = broadcast(F32, 1f).sub(inside);
    // Not divided by p^2, which may underflow where the result does not overflow.
    positive = capped(positive.div(inside.abs()).div(inside.abs()), positive);
    return capped(negative.div(rest).div(rest), negative).add(positive);
  }
}
