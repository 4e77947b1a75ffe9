package io.github.surprisal.internal.softmax.loop;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;

/** The maximum of a row, NaN left out. */
final class MaximumF32 {
  private MaximumF32() {}

  /** Takes in a block of a row that comes block by block. */
  static void run(MaximumOperandsF32 a) {
    float max = max(a.x, a.at, a.n);
    a.max = max > a.max ? max : a.max;
  }

  /**
   * The maximum of n elements, at least 16. Two accumulators, since a comparison waits for the one
   * before; the last two vectors may overlap those before.
   */
  static float max(float[] x, int from, int n) {
    int length = F32.length();
    FloatVector a = fromArray(F32, x, from + n - length);
    FloatVector b = fromArray(F32, x, from + Math.max(0, n - 2 * length));
    a = a.blend(Float.NEGATIVE_INFINITY, a.compare(NE, a));
    b = b.blend(Float.NEGATIVE_INFINITY, b.compare(NE, b));
    for (int i = 0; i < n - 2 * length; i += 2 * length) {
      FloatVector v = fromArray(F32, x, from + i);
      FloatVector w = fromArray(F32, x, from + i + length);
      a = a.blend(v, v.compare(GT, a));
      b = b.blend(w, w.compare(GT, b));
    }
    return a.blend(b, b.compare(GT, a)).reduceLanes(MAX);
  }
}
