package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;

/** What losses of the difference d = p - t share. */
final class DifferenceF32 {
  private DifferenceF32() {}

  /** A magnitude with the sign of d; d itself where that is 0 or NaN. */
  static FloatVector signed(FloatVector magnitude, FloatVector d) {
    FloatVector positive = d.blend(magnitude, d.compare(GT, 0f));
    return positive.blend(magnitude.neg(), d.compare(LT, 0f));
  }

  /** A number, but NaN where d is. */
  static FloatVector constant(float number, FloatVector d) {
    return broadcast(F32, number).blend(d, d.compare(NE, d));
  }
}
