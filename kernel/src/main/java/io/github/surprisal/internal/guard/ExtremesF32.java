package io.github.surprisal.internal.guard;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;

/**
 * Smallest and largest element of a block, and whether all are finite. A zero has the sign plus:
 * which of two zeros a comparison keeps depends on the order.
 */
final class ExtremesF32 {
  private static final int LENGTH = F32.length();

  private ExtremesF32() {}

  /** Of at least one element, into {@code extremes}; NaN into both unless all are finite. */
  static void of(float[] x, int from, int to, float[] extremes) {
    int whole = to - ((to - from) & (LENGTH - 1));
    extremes[0] = Float.POSITIVE_INFINITY;
    extremes[1] = Float.NEGATIVE_INFINITY;
    if (whole > from) {
      vectors(x, from, whole, extremes);
    }
    for (int i = whole; i < to; i++) {
      // x - x is NaN of what is not finite.
      float v = x[i] - x[i] == 0 ? x[i] : Float.NaN;
      extremes[0] = Math.min(extremes[0], v);
      extremes[1] = Math.max(extremes[1], v);
    }
    extremes[0] += 0f;
    extremes[1] += 0f;
  }

  private static void vectors(float[] x, int from, int to, float[] extremes) {
    FloatVector min = fromArray(F32, x, from);
    FloatVector max = min;
    FloatVector zero = min.sub(min);
    for (int i = from + LENGTH; i < to; i += LENGTH) {
      FloatVector v = fromArray(F32, x, i);
      min = min.blend(v, v.compare(LT, min));
      max = max.blend(v, v.compare(GT, max));
      zero = zero.add(v.sub(v));
    }
    boolean isFinite = !zero.compare(NE, zero).anyTrue();
    extremes[0] = isFinite ? min.reduceLanes(MIN) : Float.NaN;
    extremes[1] = isFinite ? max.reduceLanes(MAX) : Float.NaN;
  }
}
