package io.github.surprisal.internal.guard;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;

import jdk.incubator.vector.FloatVector;

/**
 * Smallest and largest element of a block that is finite. A zero has the sign plus: which of two
 * zeros a comparison keeps depends on the order.
 */
final class ExtremesF32 {
  private static final int PAIR = 2 * F32.length();

  private ExtremesF32() {}

  /** Of at least one element, into {@code extremes}. */
  static void of(float[] x, int from, int to, float[] extremes) {
    int whole = to - ((to - from) & (PAIR - 1));
    extremes[0] = Float.POSITIVE_INFINITY;
    extremes[1] = Float.NEGATIVE_INFINITY;
    if (whole > from) {
      pairs(x, from, whole, extremes);
    }
    for (int i = whole; i < to; i++) {
      extremes[0] = Math.min(extremes[0], x[i]);
      extremes[1] = Math.max(extremes[1], x[i]);
    }
    extremes[0] += 0f;
    extremes[1] += 0f;
  }

  /** Two accumulators each, since a comparison waits for the one before. */
  private static void pairs(float[] x, int from, int to, float[] extremes) {
    int length = F32.length();
    FloatVector min0 = fromArray(F32, x, from);
    FloatVector min1 = fromArray(F32, x, from + length);
    FloatVector max0 = min0;
    FloatVector max1 = min1;
    for (int i = from + PAIR; i < to; i += PAIR) {
      FloatVector v = fromArray(F32, x, i);
      FloatVector w = fromArray(F32, x, i + length);
      min0 = min0.blend(v, v.compare(LT, min0));
      max0 = max0.blend(v, v.compare(GT, max0));
      min1 = min1.blend(w, w.compare(LT, min1));
      max1 = max1.blend(w, w.compare(GT, max1));
    }
    extremes[0] = min0.blend(min1, min1.compare(LT, min0)).reduceLanes(MIN);
    extremes[1] = max0.blend(max1, max1.compare(GT, max0)).reduceLanes(MAX);
  }
}
