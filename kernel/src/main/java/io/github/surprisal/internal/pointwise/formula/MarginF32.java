package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;

/** What losses of z = t p share, the product of a score and a target of -1 or 1. */
final class MarginF32 {
  private MarginF32() {}

  /** {@code c - t p}, rounded once, with 0 infinity = 0 in a score with target 0. */
  static FloatVector minusProduct(float c, FloatVector p, FloatVector t) {
    FloatVector rest = p.fma(t.neg(), broadcast(F32, c));
    return rest.blend(c, t.compare(EQ, 0f).and(p.compare(EQ, p)));
  }

  /** {@code y} where rest > 0, 0 where rest <= 0, NaN where it is NaN. */
  static FloatVector whereActive(FloatVector rest, FloatVector y) {
    return rest.blend(y, rest.compare(GT, 0f)).blend(0f, rest.compare(LE, 0f));
  }
}
