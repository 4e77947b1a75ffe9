package io.github.surprisal.pointwise;

import static io.github.surprisal.lane.Species.F32;
import static io.github.surprisal.pointwise.LogisticF32.times;
import static jdk.incubator.vector.FloatVector.broadcast;
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
 *   l' and l'' as in {@link ProbabilityF32}, both 0 where p != c
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

  /** {@code y} for p in [epsilon, 1 - epsilon], what belongs below or above it, or NaN. */
  private FloatVector held(FloatVector y, FloatVector p, float below, float above) {
    y = y.blend(below, p.compare(LT, low)).blend(above, p.compare(GT, high));
    return ProbabilityF32.defined(y, p);
  }

  @Override
  public FloatVector first(FloatVector p, FloatVector t) {
    return held(LogF32.log(p), p, logEpsilon, logRest);
  }

  @Override
  public FloatVector value(
      FloatVector p, FloatVector t, FloatVector log, FloatVector b, FloatVector c) {
    FloatVector logOfRest = held(Log1pF32.log1p(p.neg()), p, logRest, logEpsilon);
    FloatVector negative = times(broadcast(F32, 1f).sub(t), logOfRest);
    return negative.add(times(t, log)).neg();
  }

  @Override
  public FloatVector slope(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return held(ProbabilityF32.slope(p, t), p, 0f, 0f);
  }

  @Override
  public FloatVector curvature(
      FloatVector p, FloatVector t, FloatVector a, FloatVector b, FloatVector c) {
    return held(ProbabilityF32.curvature(p, t), p, 0f, 0f);
  }
}
