package io.github.surprisal.internal.guard;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;

/** The largest magnitude of a block. */
final class MaximumMagnitudeF32 {
  private static final int PAIR = 2 * F32.length();

  private MaximumMagnitudeF32() {}

  /** NaN unless all are finite. */
  static float of(float[] x, int from, int to) {
    int whole = to - ((to - from) & (PAIR - 1));
    float max = whole > from ? pairs(x, from, whole) : 0;
    for (int i = whole; i < to; i++) {
      // x - x is NaN of what is not finite.
      max = Math.max(max, Math.abs(x[i]) + (x[i] - x[i]));
    }
    return max;
  }

  /** Two accumulators each, since a comparison waits for the one before. */
  private static float pairs(float[] x, int from, int to) {
    int length = F32.length();
    FloatVector max0 = fromArray(F32, x, from).abs();
    FloatVector max1 = fromArray(F32, x, from + length).abs();
    FloatVector zero0 = max0.sub(max0);
    FloatVector zero1 = max1.sub(max1);
    for (int i = from + PAIR; i < to; i += PAIR) {
      FloatVector v = fromArray(F32, x, i).abs();
      FloatVector w = fromArray(F32, x, i + length).abs();
      zero0 = zero0.add(v.sub(v));
      zero1 = zero1.add(w.sub(w));
      max0 = max0.blend(v, v.compare(GT, max0));
      max1 = max1.blend(w, w.compare(GT, max1));
    }
    FloatVector zero = zero0.add(zero1);
    float max = max0.blend(max1, max1.compare(GT, max0)).reduceLanes(MAX);
    return zero.compare(NE, zero).anyTrue() ? Float.NaN : max;
  }
}
