package io.github.surprisal.internal.guard;

import static io.github.surprisal.internal.lane.Species.F64;
import static io.github.surprisal.internal.lane.Species.I64;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * How many elements of a block are smaller than every normal number, and how many of these are 0.
 *
 * <p>Counted without masks: the bits of a magnitude less those of a bound are negative where it is
 * below, and the sign, brought down to bit 0, counts 1.
 */
final class SmallF64 {
  private static final int LENGTH = F64.length();
  private static final long NORMAL = 0x0010_0000_0000_0000L; // the bits of Double.MIN_NORMAL
  private static final int SIGN = 63; // its bit

  private SmallF64() {}

  /** Adds both numbers to {@code counts}, with room for two vectors in {@code bits}. */
  static void count(double[] x, int from, int to, int[] counts, long[] bits) {
    int whole = to - ((to - from) & (LENGTH - 1));
    if (whole > from) {
      vectors(x, from, whole, counts, bits);
    }
    for (int i = whole; i < to; i++) {
      double m = Math.abs(x[i]);
      counts[0] += m < Double.MIN_NORMAL ? 1 : 0;
      counts[1] += m == 0 ? 1 : 0;
    }
  }

  private static void vectors(double[] x, int from, int to, int[] counts, long[] bits) {
    LongVector small = LongVector.broadcast(I64, 0);
    LongVector zeros = small;
    for (int i = from; i < to; i += LENGTH) {
      LongVector m = DoubleVector.fromArray(F64, x, i).abs().reinterpretAsLongs();
      small = small.add(m.sub(NORMAL).lanewise(LSHR, SIGN));
      zeros = zeros.add(m.sub(1).lanewise(LSHR, SIGN));
    }
    small.intoArray(bits, 0);
    zeros.intoArray(bits, LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      counts[0] += (int) bits[i];
      counts[1] += (int) bits[i + LENGTH];
    }
  }
}
