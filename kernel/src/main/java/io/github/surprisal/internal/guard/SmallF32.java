package io.github.surprisal.internal.guard;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.lane.Species.I32;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * How many elements of a block are smaller than every normal number, and how many of these are 0.
 *
 * <p>Counted without masks: the bits of a magnitude less those of a bound are negative where it is
 * below, and the sign, brought down to bit 0, counts 1.
 */
final class SmallF32 {
  private static final int LENGTH = F32.length();
  private static final int NORMAL = 0x0080_0000; // the bits of Float.MIN_NORMAL
  private static final int SIGN = 31; // its bit

  private SmallF32() {}

  /** Adds both numbers to {@code counts}, with room for two vectors in {@code bits}. */
  static void count(float[] x, int from, int to, int[] counts, int[] bits) {
    int whole = to - ((to - from) & (LENGTH - 1));
    if (whole > from) {
      vectors(x, from, whole, counts, bits);
    }
    for (int i = whole; i < to; i++) {
      float m = Math.abs(x[i]);
      counts[0] += m < Float.MIN_NORMAL ? 1 : 0;
      counts[1] += m == 0 ? 1 : 0;
    }
  }

  private static void vectors(float[] x, int from, int to, int[] counts, int[] bits) {
    IntVector small = IntVector.broadcast(I32, 0);
    IntVector zeros = small;
    for (int i = from; i < to; i += LENGTH) {
      IntVector m = FloatVector.fromArray(F32, x, i).abs().reinterpretAsInts();
      small = small.add(m.sub(NORMAL).lanewise(LSHR, SIGN));
      zeros = zeros.add(m.sub(1).lanewise(LSHR, SIGN));
    }
    small.intoArray(bits, 0);
    zeros.intoArray(bits, LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      counts[0] += bits[i];
      counts[1] += bits[i + LENGTH];
    }
  }
}
