package io.github.surprisal.internal.guard;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.lane.Species.F64;
import static io.github.surprisal.internal.lane.Species.I32;
import static jdk.incubator.vector.VectorOperators.F2D;

import io.github.surprisal.internal.reduction.TreeF64;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Sum of the magnitudes of a block of float32, in double, in 16 virtual lanes, and its extremes, in
 * one loop.
 *
 * <p>Extremes are those of the bits as integers, whose order is that of positive numbers; an
 * integer's maximum is one instruction, a float's are several. Of all elements the largest bits and
 * the smallest magnitude tell the maximum, of all with the sign turned the largest bits and the
 * smallest magnitude the minimum. They hold if all elements are finite, as the sum then is.
 */
final class SurveyF32 {
  private static final int LENGTH = F32.length();

  /** Where the second half of a vector begins; one-lane vectors have none. */
  private static final int SECOND = LENGTH - F64.length();

  /** Two vectors that hold the 16 lanes take turns, so that memory is read once, in order. */
  private static final int TURNS = TreeF64.turns(LENGTH);

  private static final int STEP = TreeF64.step(LENGTH);

  private static final int SIGN = Integer.MIN_VALUE;

  /** Where bits of lanes begin, after those of all lanes. */
  private static final int FIRST = 3;

  private SurveyF32() {}

  /**
   * Of at least one element.
   *
   * @param bits room for 3 vectors and {@link #FIRST} more
   * @param found minimum, maximum and the smallest magnitude
   */
  static double sum(float[] x, int from, int to, double[] lanes, int[] bits, float[] found) {
    Arrays.fill(lanes, 0);
    bits[0] = SIGN;
    bits[1] = SIGN;
    bits[2] = Integer.MAX_VALUE;
    int whole = to - ((to - from) & (TreeF64.LANES - 1));
    for (int lane = 0; whole > from && lane < TreeF64.LANES; lane += TURNS * LENGTH) {
      add(x, from + lane, whole, lanes, lane, bits);
      reduce(bits);
    }
    for (int i = whole; i < to; i++) {
      int b = Float.floatToRawIntBits(x[i]);
      double v = x[i];
      lanes[i - whole] += Math.abs(v);
      bits[0] = Math.max(bits[0], b);
      bits[1] = Math.max(bits[1], b ^ SIGN);
      bits[2] = Math.min(bits[2], b & ~SIGN);
    }
    float least = Float.intBitsToFloat(bits[2]);
    // Without a sign that is minus the largest bits are negative.
    found[0] = bits[1] >= 0 ? 0f - Float.intBitsToFloat(bits[1]) : least;
    found[1] = bits[0] >= 0 ? Float.intBitsToFloat(bits[0]) : 0f - least;
    found[2] = least;
    return TreeF64.sum(lanes);
  }

  /** One lane after the other: AVX2 has no such instruction for 64 bits, which C2 would box. */
  private static void reduce(int[] bits) {
    for (int i = FIRST; i < FIRST + LENGTH; i++) {
      bits[0] = Math.max(bits[0], bits[i]);
      bits[1] = Math.max(bits[1], bits[i + LENGTH]);
      bits[2] = Math.min(bits[2], bits[i + 2 * LENGTH]);
    }
  }

  /** All lanes begin at 0. */
  private static void add(float[] x, int from, int to, double[] lanes, int lane, int[] bits) {
    DoubleVector s0 = DoubleVector.fromArray(F64, lanes, lane);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    IntVector most = IntVector.broadcast(I32, SIGN);
    IntVector turned = most;
    IntVector least = IntVector.broadcast(I32, Integer.MAX_VALUE);
    for (int i = from; i < to; i += STEP) {
      FloatVector v = FloatVector.fromArray(F32, x, i);
      FloatVector m = v.abs();
      most = most.max(v.reinterpretAsInts());
      turned = turned.max(v.neg().reinterpretAsInts());
      least = least.min(m.reinterpretAsInts());
      DoubleVector a = s0.add((DoubleVector) m.convert(F2D, 0));
      s0 = TURNS == 2 ? s2 : a;
      s2 = a;
      if (SECOND > 0) {
        a = s1.add((DoubleVector) m.convert(F2D, 1));
        s1 = TURNS == 2 ? s3 : a;
        s3 = a;
      }
    }
    most.intoArray(bits, FIRST);
    turned.intoArray(bits, FIRST + LENGTH);
    least.intoArray(bits, FIRST + 2 * LENGTH);
    s0.intoArray(lanes, lane);
    if (SECOND > 0) {
      s1.intoArray(lanes, lane + SECOND);
    }
    if (TURNS == 2) {
      s2.intoArray(lanes, LENGTH);
      s3.intoArray(lanes, LENGTH + SECOND);
    }
  }
}
