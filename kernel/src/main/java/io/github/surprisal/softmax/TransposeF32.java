package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes in squares of eight by eight where a vector has eight lanes, else by elements. Where
 * eight does not divide a side, the last square overlaps the one before and does part of it again.
 *
 * <p>Row i of a square is turned right by i lanes, so that no column has two elements in one lane.
 * Now lane k of column j is in row k - j (mod 8): rows four, two and one apart are blended, and the
 * column is turned back by j. Of four by four:
 *
 * <pre>
 *   00 01 02 03      00 01 02 03      00 10 20 30      00 10 20 30
 *   10 11 12 13      13 10 11 12      31 01 11 21      01 11 21 31
 *   20 21 22 23      22 23 20 21      22 32 02 12      02 12 22 32
 *   30 31 32 33      31 32 33 30      13 23 33 03      03 13 23 33
 * </pre>
 */
final class TransposeF32 {
  /** Side of a square. */
  private static final int SIDE = 8;

  private static final VectorShuffle<Float> RIGHT_1 = right(1);
  private static final VectorShuffle<Float> RIGHT_2 = right(2);
  private static final VectorShuffle<Float> RIGHT_3 = right(3);
  private static final VectorShuffle<Float> RIGHT_4 = right(4);
  private static final VectorShuffle<Float> RIGHT_5 = right(5);
  private static final VectorShuffle<Float> RIGHT_6 = right(6);
  private static final VectorShuffle<Float> RIGHT_7 = right(7);
  private static final VectorMask<Float> ODD = VectorMask.fromLong(F32, 0b10101010);
  private static final VectorMask<Float> UPPER_PAIRS = VectorMask.fromLong(F32, 0b11001100);
  private static final VectorMask<Float> UPPER_HALF = VectorMask.fromLong(F32, 0b11110000);

  private TransposeF32() {}

  /** Turns a vector right: lane i takes lane i - by. */
  private static VectorShuffle<Float> right(int by) {
    return VectorShuffle.iota(F32, F32.length() - by, 1, true);
  }

  /** {@code to[toAt[j] + i] = from[fromAt[i] + j]} for all i < m and j < n. */
  static void run(float[] from, int[] fromAt, int m, float[] to, int[] toAt, int n) {
    if (F32.length() != SIDE || m < SIDE || n < SIDE) {
      TransposeF32Twin.run(from, fromAt, m, to, toAt, n);
      return;
    }
    for (int j = 0; j < n; j += SIDE) {
      int column = Math.min(j, n - SIDE);
      for (int i = 0; i < m; i += SIDE) {
        square(from, fromAt, Math.min(i, m - SIDE), to, toAt, column);
      }
    }
  }

  /** Too large to be inlined, which does no harm: it is called with arrays. */
  private static void square(float[] from, int[] fromAt, int i, float[] to, int[] toAt, int j) {
    FloatVector a0 = fromArray(F32, from, fromAt[i] + j);
    FloatVector a1 = fromArray(F32, from, fromAt[i + 1] + j).rearrange(RIGHT_1);
    FloatVector a2 = fromArray(F32, from, fromAt[i + 2] + j).rearrange(RIGHT_2);
    FloatVector a3 = fromArray(F32, from, fromAt[i + 3] + j).rearrange(RIGHT_3);
    FloatVector a4 = fromArray(F32, from, fromAt[i + 4] + j).rearrange(RIGHT_4);
    FloatVector a5 = fromArray(F32, from, fromAt[i + 5] + j).rearrange(RIGHT_5);
    FloatVector a6 = fromArray(F32, from, fromAt[i + 6] + j).rearrange(RIGHT_6);
    FloatVector a7 = fromArray(F32, from, fromAt[i + 7] + j).rearrange(RIGHT_7);
    FloatVector b0 = a0.blend(a4, UPPER_HALF);
    FloatVector b1 = a1.blend(a5, UPPER_HALF);
    FloatVector b2 = a2.blend(a6, UPPER_HALF);
    FloatVector b3 = a3.blend(a7, UPPER_HALF);
    FloatVector b4 = a4.blend(a0, UPPER_HALF);
    FloatVector b5 = a5.blend(a1, UPPER_HALF);
    FloatVector b6 = a6.blend(a2, UPPER_HALF);
    FloatVector b7 = a7.blend(a3, UPPER_HALF);
    FloatVector c0 = b0.blend(b2, UPPER_PAIRS);
    FloatVector c1 = b1.blend(b3, UPPER_PAIRS);
    FloatVector c2 = b2.blend(b4, UPPER_PAIRS);
    FloatVector c3 = b3.blend(b5, UPPER_PAIRS);
    FloatVector c4 = b4.blend(b6, UPPER_PAIRS);
    FloatVector c5 = b5.blend(b7, UPPER_PAIRS);
    FloatVector c6 = b6.blend(b0, UPPER_PAIRS);
    FloatVector c7 = b7.blend(b1, UPPER_PAIRS);
    c0.blend(c1, ODD).intoArray(to, toAt[j] + i);
    c7.blend(c0, ODD).rearrange(RIGHT_7).intoArray(to, toAt[j + 1] + i);
    c6.blend(c7, ODD).rearrange(RIGHT_6).intoArray(to, toAt[j + 2] + i);
    c5.blend(c6, ODD).rearrange(RIGHT_5).intoArray(to, toAt[j + 3] + i);
    c4.blend(c5, ODD).rearrange(RIGHT_4).intoArray(to, toAt[j + 4] + i);
    c3.blend(c4, ODD).rearrange(RIGHT_3).intoArray(to, toAt[j + 5] + i);
    c2.blend(c3, ODD).rearrange(RIGHT_2).intoArray(to, toAt[j + 6] + i);
    c1.blend(c2, ODD).rearrange(RIGHT_1).intoArray(to, toAt[j + 7] + i);
  }
}
