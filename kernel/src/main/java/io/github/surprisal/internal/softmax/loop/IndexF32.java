package io.github.surprisal.internal.softmax.loop;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;

import jdk.incubator.vector.VectorMask;

/** Where a block first has a number, or -1. */
final class IndexF32 {
  private IndexF32() {}

  static void run(MaximumOperandsF32 a) {
    a.index = indexOf(a.max, a.x, a.at, a.n);
  }

  private static int indexOf(float value, float[] x, int from, int n) {
    int i = 0;
    for (; i <= n - F32.length(); i += F32.length()) {
      VectorMask<Float> there = fromArray(F32, x, from + i).compare(EQ, value);
      if (there.anyTrue()) {
        return i + there.firstTrue();
      }
    }
    for (; i < n; i++) {
      if (x[from + i] == value) {
        return i;
      }
    }
    return -1;
  }
}
