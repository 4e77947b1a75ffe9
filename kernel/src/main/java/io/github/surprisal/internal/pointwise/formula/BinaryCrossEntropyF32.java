package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.pointwise.formula.LogisticF32.finite;
import static io.github.surprisal.internal.pointwise.formula.LogisticF32.times;
import static io.github.surprisal.internal.pointwise.formula.ProbabilityF32.defined;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.internal.lane.Log1pF32;
import io.github.surprisal.internal.lane.Log1pF64Twin;
import io.github.surprisal.internal.lane.LogF32;
import io.github.surprisal.internal.lane.LogF64Twin;
import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.pointwise.BinaryCrossEntropy;
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
  // Epsilon, and the largest number of the type in [epsilon, 1 - epsilon].
  private final float low;
  private final float high;

  // Not logarithms of low and high: 1 - epsilon may round to 1.
  private final float logEpsilon;
  private final float logRest;

  public BinaryCrossEntropyF32(BinaryCrossEntropy loss) {
    low = ThresholdF32.of(loss.epsilon());
    float nearHigh = 1 - low;
    high = 1 - nearHigh < low ? Math.nextDown(nearHigh) : nearHigh;
    logEpsilon = (float) LogF64Twin.log(low);
    logRest = (float) Log1pF64Twin.log1p(-low);
  }

  @Override
  public int intermediates() {
    return 1;
  }

  /** {@code weight} for p in [epsilon, 1 - epsilon], 0 elsewhere; NaN stays. */
  private FloatVector held(FloatVector weight, FloatVector p) {
    return weight.blend(weight.sub(weight), p.compare(LT, low).or(p.compare(GT, high)));
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    FloatVector inside = defined(p, p);
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
    FloatVector inside = defined(p, p).blend(0f, rest.compare(EQ, 0f));
    FloatVector logOfRest = Log1pF32.log1p(inside.neg());
    logOfRest = logOfRest.blend(logRest, inside.compare(LT, low));
    logOfRest = logOfRest.blend(logEpsilon, inside.compare(GT, high));
    // Not the negative of the sum, which for a sum of 0 is -0.
    return zero(F32).sub(rest.mul(logOfRest).add(positive));
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector inside = defined(p, p);
    FloatVector u = finite(t);
    FloatVector rest = broadcast(F32, 1f).sub(u);
    return ProbabilityF32.slope(inside, held(u, inside), held(rest, inside));
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    FloatVector inside = defined(p, p);
    FloatVector u = finite(t);
    FloatVector rest = broadcast(F32, 1f).sub(u);
    return ProbabilityF32.curvature(inside, held(u, inside), held(rest, inside));
  }
}
