package io.github.surprisal.internal.guard;

import static io.github.surprisal.internal.lane.Species.F64;
import static io.github.surprisal.internal.lane.Species.I64;

import io.github.surprisal.internal.reduction.TreeF64;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * Sum of the magnitudes of a block of float64, in 16 virtual lanes, and its extremes, in one loop.
 *
 * <p>Extremes are those of the bits as integers, whose order is that of positive numbers; an
 * integer's maximum is one instruction, a float's are several. Of all elements the largest bits and
 * the smallest magnitude tell the maximum, of all with the sign turned the largest bits and the
 * smallest magnitude the minimum. They hold if all elements are finite; then the sum is, unless it
 * overflows.
 */
final class SurveyF64 {
  private static final int LENGTH = F64.length();

  /** Accumulators that take turns, so that memory is read once, in order; else lane by lane. */
  private static final int TURNS = LENGTH * 4 >= TreeF64.LANES ? TreeF64.LANES / LENGTH : 1;

  private static final int STEP = TURNS > 1 ? LENGTH : TreeF64.LANES;

  private static final long SIGN = Long.MIN_VALUE;

  /** Where bits of lanes begin, after those of all lanes. */
  private static final int FIRST = 3;

  private SurveyF64() {}

  /**
   * Of at least one element.
   *
   * @param bits room for 3 vectors and {@link #FIRST} more
   * @param found minimum, maximum and the smallest magnitude
   */
  static double sum(double[] x, int from, int to, double[] lanes, long[] bits, double[] found) {
    Arrays.fill(lanes, 0);
    bits[0] = SIGN;
    bits[1] = SIGN;
    bits[2] = Long.MAX_VALUE;
    int whole = to - ((to - from) & (TreeF64.LANES - 1));
    for (int lane = 0; whole > from && lane < TreeF64.LANES; lane += TURNS * LENGTH) {
      add(x, from + lane, whole, lanes, lane, bits);
      reduce(bits);
    }
    for (int i = whole; i < to; i++) {
      long b = Double.doubleToRawLongBits(x[i]);
      double v = x[i];
      lanes[i - whole] += Math.abs(v);
      bits[0] = Math.max(bits[0], b);
      bits[1] = Math.max(bits[1], b ^ SIGN);
      bits[2] = Math.min(bits[2], b & ~SIGN);
    }
    double least = Double.longBitsToDouble(bits[2]);
    // Without a sign that is minus the largest bits are negative.
    found[0] = bits[1] >= 0 ? 0d - Double.longBitsToDouble(bits[1]) : least;
    found[1] = bits[0] >= 0 ? Double.longBitsToDouble(bits[0]) : 0d - least;
    found[2] = least;
    return TreeF64.sum(lanes);
  }

  /** One lane after the other: AVX2 has no such instruction for 64 bits, which C2 would box. */
  private static void reduce(long[] bits) {
    for (int i = FIRST; i < FIRST + LENGTH; i++) {
      bits[0] = Math.max(bits[0], bits[i]);
      bits[1] = Math.max(bits[1], bits[i + LENGTH]);
      bits[2] = Math.min(bits[2], bits[i + 2 * LENGTH]);
    }
  }

  /** All lanes begin at 0. */
  private static void add(double[] x, int from, int to, double[] lanes, int lane, long[] bits) {
    DoubleVector s0 = DoubleVector.fromArray(F64, lanes, lane);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    LongVector most = LongVector.broadcast(I64, SIGN);
    LongVector turned = most;
    LongVector least = LongVector.broadcast(I64, Long.MAX_VALUE);
    for (int i = from; i < to; i += STEP) {
      DoubleVector v = DoubleVector.fromArray(F64, x, i);
      DoubleVector m = v.abs();
      most = most.max(v.reinterpretAsLongs());
      turned = turned.max(v.neg().reinterpretAsLongs());
      least = least.min(m.reinterpretAsLongs());
      DoubleVector s = s0.add(m);
      s0 = TURNS == 1 ? s : s1;
      s1 = TURNS == 2 ? s : s2;
      s2 = s3;
      s3 = s;
    }
    most.intoArray(bits, FIRST);
    turned.intoArray(bits, FIRST + LENGTH);
    least.intoArray(bits, FIRST + 2 * LENGTH);
    s0.intoArray(lanes, lane);
    if (TURNS > 1) {
      s1.intoArray(lanes, LENGTH);
    }
    if (TURNS > 2) {
      s2.intoArray(lanes, 2 * LENGTH);
      s3.intoArray(lanes, 3 * LENGTH);
    }
  }
}
