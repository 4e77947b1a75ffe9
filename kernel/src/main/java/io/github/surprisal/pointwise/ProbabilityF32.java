package io.github.surprisal.pointwise;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * Derivatives by a probability p of -(t log p + (1 - t) log(1 - p)), each quotient at most the
 * largest number, with 0/0 = 0:
 *
 * <pre>
 *   l' = (1 - t) / (1 - p) - t / p,   l'' = (1 - t) / (1 - p)^2 + t / p^2
 * </pre>
 */
final class ProbabilityF32 {
  private ProbabilityF32() {}

  /** a / b. */
  private static FloatVector quotient(FloatVector a, FloatVector b) {
    FloatVector y = a.div(b);
    y = y.blend(Float.MAX_VALUE, y.compare(GT, Float.MAX_VALUE));
    y = y.blend(-Float.MAX_VALUE, y.compare(LT, -Float.MAX_VALUE));
    return y.blend(0f, a.compare(EQ, 0f));
  }

  static FloatVector slope(FloatVector p, FloatVector t) {
    FloatVector one = broadcast(F32, 1f);
    FloatVector negative = quotient(one.sub(t), one.sub(p));
    // |p|, since -0 is a probability too.
    return negative.sub(quotient(t, p.abs()));
  }

  static FloatVector curvature(FloatVector p, FloatVector t) {
    FloatVector one = broadcast(F32, 1f);
    FloatVector rest = one.sub(p);
    FloatVector magnitude = p.abs();
    // Not divided by p^2, which may underflow where the result does not overflow.
    FloatVector negative = quotient(quotient(one.sub(t), rest), rest);
    return negative.add(quotient(quotient(t, magnitude), magnitude));
  }

  /** y, or NaN where q lies outside [0, 1]. */
  static FloatVector defined(FloatVector y, FloatVector q) {
    return y.blend(Float.NaN, q.compare(LT, 0f).or(q.compare(GT, 1f)));
  }
}
