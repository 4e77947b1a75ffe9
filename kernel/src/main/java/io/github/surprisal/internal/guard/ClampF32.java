package io.github.surprisal.internal.guard;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/** Brings the elements of a block between -limit and limit. */
final class ClampF32 {
  private static final int LENGTH = F32.length();

  private ClampF32() {}

  /** Returns how many were beyond. NaN stays. */
  static int clamp(float[] x, int from, int to, float limit) {
    int whole = to - ((to - from) & (LENGTH - 1));
    int count = 0;
    for (int i = from; i < whole; i += LENGTH) {
      FloatVector v = fromArray(F32, x, i);
      count += v.abs().compare(GT, limit).trueCount();
      v = v.blend(broadcast(F32, limit), v.compare(GT, limit));
      v.blend(broadcast(F32, -limit), v.compare(LT, -limit)).intoArray(x, i);
    }
    for (int i = whole; i < to; i++) {
      float v = x[i];
      count += Math.abs(v) > limit ? 1 : 0;
      x[i] = v > limit ? limit : v < -limit ? -limit : v;
    }
    return count;
  }
}
