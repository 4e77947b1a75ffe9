package io.github.surprisal.internal.guard;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/** How many elements of a block are smaller than every normal number. */
final class SmallF32 {
  private static final int LENGTH = F32.length();

  private SmallF32() {}

  /** Zeros in the lower half of the result, zeros and subnormal numbers in the upper. */
  static long count(float[] x, int from, int to) {
    int whole = to - ((to - from) & (LENGTH - 1));
    int zeros = 0;
    int small = 0;
    for (int i = from; i < whole; i += LENGTH) {
      FloatVector v = fromArray(F32, x, i);
      zeros += v.compare(EQ, 0f).trueCount();
      small += v.abs().compare(LT, Float.MIN_NORMAL).trueCount();
    }
    for (int i = whole; i < to; i++) {
      zeros += x[i] == 0 ? 1 : 0;
      small += Math.abs(x[i]) < Float.MIN_NORMAL ? 1 : 0;
    }
    return zeros + ((long) small << 32);
  }
}
