package io.github.surprisal.internal.guard;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LT;

/** How many elements of a block are smaller than a number. */
final class SmallF32 {
  private static final int LENGTH = F32.length();

  private SmallF32() {}

  /** Magnitudes below {@code limit}. */
  static int count(float[] x, int from, int to, float limit) {
    int whole = to - ((to - from) & (LENGTH - 1));
    int count = 0;
    for (int i = from; i < whole; i += LENGTH) {
      count += fromArray(F32, x, i).abs().compare(LT, limit).trueCount();
    }
    for (int i = whole; i < to; i++) {
      count += Math.abs(x[i]) < limit ? 1 : 0;
    }
    return count;
  }
}
