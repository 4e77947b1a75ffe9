package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
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

  /** A {@code quotient} of a, up to the largest number, with 0/0 = 0. */
  private static FloatVector capped(FloatVector quotient, FloatVector a) {
    FloatVector y = quotient.blend(Float.MAX_VALUE, quotient.compare(GT, Float.MAX_VALUE));
    y = y.blend(-Float.MAX_VALUE, y.compare(LT, -Float.MAX_VALUE));
    return y.blend(0f, a.compare(EQ, 0f));
  }

  /** l', with the weights t and 1 - t. */
  static FloatVector slope(FloatVector p, FloatVector positive, FloatVector negative) {
    FloatVector rest = broadcast(F32, 1f).sub(p);
    FloatVector y = capped(negative.div(rest), negative);
    // |p|, since -0 is a probability too.
    return y.sub(capped(positive.div(p.abs()), positive));
  }

  /** l'', with the weights t and 1 - t. */
  static FloatVector curvature(FloatVector p, FloatVector positive, FloatVector negative) {
    FloatVector rest = broadcast(F32, 1f).sub(p);
    // Not divided by p^2, which may underflow where the result does not overflow.
    FloatVector y = capped(negative.div(rest).div(rest), negative);
    return y.add(capped(positive.div(p.abs()).div(p.abs()), positive));
  }

  /** y, or NaN where q lies outside [0, 1]. */
  static FloatVector defined(FloatVector y, FloatVector q) {
    return y.blend(Float.NaN, q.compare(LT, 0f).or(q.compare(GT, 1f)));
  }
}
