package io.github.surprisal.internal.softmax.shortrow;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Moves rows into columns and back, class c of row r at e[PITCH c + r]: in tiles of eight by eight
 * where a vector has eight lanes, else by elements. Where eight does not divide a side, the last
 * tile overlaps the one before and does part of it again.
 *
 * <p>Row i of a tile is rotated right by i lanes, so that no column has two elements in one lane.
 * Now lane k of column j is in row k - j (mod 8): rows four, two and one apart are blended, and the
 * column is rotated back by j. Of four by four:
 *
 * <pre>
 *   00 01 02 03      00 01 02 03      00 10 20 30      00 10 20 30
 *   10 11 12 13      13 10 11 12      31 01 11 21      01 11 21 31
 *   20 21 22 23      22 23 20 21      22 32 02 12      02 12 22 32
 *   30 31 32 33      31 32 33 30      13 23 33 03      03 13 23 33
 * </pre>
 *
 * <p>One or two classes beyond the last tile of a row are moved alone, at less than half the cost
 * of a tile.
 *
 * <p>The loops run along the rows, many more than classes, so that what does not change stays in
 * registers, and columns are checked once for all of them. They are too large to be inlined, which
 * does no harm: they are called with arrays.
 */
final class TransposeF32 {
  private static final int PITCH = ColumnsF32.PITCH;

  /** Side of a tile. */
  private static final int SIDE = 8;

  private static final int PAIR = 2;

  private static final VectorShuffle<Float> RIGHT_1 = right(1);
  private static final VectorShuffle<Float> RIGHT_2 = right(2);
  private static final VectorShuffle<Float> RIGHT_3 = right(3);
  private static final VectorShuffle<Float> RIGHT_4 = right(4);
  private static final VectorShuffle<Float> RIGHT_5 = right(5);
  private static final VectorShuffle<Float> RIGHT_6 = right(6);
  private static final VectorShuffle<Float> RIGHT_7 = right(7);
  private static final VectorMask<Float> ODD = VectorMask.fromLong(F32, 0b10101010);
  private static final VectorMask<Float> UPPER_PAIRS = VectorMask.fromLong(F32, 0b11001100);
  private static final VectorMask<Float> LAST_PAIR = VectorMask.fromLong(F32, 0b11000000);
  private static final VectorMask<Float> UPPER_HALF = VectorMask.fromLong(F32, 0b11110000);

  private TransposeF32() {}

  /** Rotates a vector right: lane i takes lane i - by. */
  private static VectorShuffle<Float> right(int by) {
    return VectorShuffle.iota(F32, F32.length() - by, 1, true);
  }

  /** {@code e[PITCH c + r] = x[at[r] + c]}. */
  static void toColumns(float[] x, int[] at, int rows, float[] e, int classes) {
    if (F32.length() != SIDE || rows < SIDE || classes < SIDE) {
      TransposeF32Twin.toColumns(x, at, rows, e, classes);
      return;
    }
    int whole = rows - rows % SIDE;
    toColumns(x, at, 0, whole, e, classes);
    if (whole < rows) {
      toColumns(x, at, rows - SIDE, rows, e, classes);
    }
  }

  private static void toColumns(float[] x, int[] at, int from, int end, float[] e, int classes) {
    int c = 0;
    for (; c < classes - PAIR; c += SIDE) {
      tilesToColumns(x, at, from, end, e, Math.min(c, classes - SIDE));
    }
    if (c < classes) {
      pairToColumns(x, at, from, end, e, classes - PAIR);
    }
  }

  /** {@code g[at[r] + c] = slope[r] e[PITCH c + r] - uniform[r]}. */
  static void toRows(
      float[] e, int classes, float[] slope, float[] uniform, float[] g, int[] at, int rows) {
    if (F32.length() != SIDE || rows < SIDE || classes < SIDE) {
      TransposeF32Twin.toRows(e, classes, slope, uniform, g, at, rows);
      return;
    }
    int whole = rows - rows % SIDE;
    toRows(e, classes, slope, uniform, g, at, 0, whole);
    if (whole < rows) {
      toRows(e, classes, slope, uniform, g, at, rows - SIDE, rows);
    }
  }

  private static void toRows(
      float[] e,
      int classes,
      float[] slope,
      float[] uniform,
      float[] g,
      int[] at,
      int from,
      int end) {
    int c = 0;
    for (; c < classes - PAIR; c += SIDE) {
      tilesToRows(e, Math.min(c, classes - SIDE), slope, uniform, g, at, from, end);
    }
    if (c < classes) {
      pairToRows(e, classes - PAIR, slope, uniform, g, at, from, end);
    }
  }

  private static void tilesToColumns(float[] x, int[] at, int from, int end, float[] e, int c) {
    int to = c * PITCH;
    for (int r = from; r < end; r += SIDE) {
      FloatVector a0 = fromArray(F32, x, at[r] + c);
      FloatVector a1 = fromArray(F32, x, at[r + 1] + c).rearrange(RIGHT_1);
      FloatVector a2 = fromArray(F32, x, at[r + 2] + c).rearrange(RIGHT_2);
      FloatVector a3 = fromArray(F32, x, at[r + 3] + c).rearrange(RIGHT_3);
      FloatVector a4 = fromArray(F32, x, at[r + 4] + c).rearrange(RIGHT_4);
      FloatVector a5 = fromArray(F32, x, at[r + 5] + c).rearrange(RIGHT_5);
      FloatVector a6 = fromArray(F32, x, at[r + 6] + c).rearrange(RIGHT_6);
      FloatVector a7 = fromArray(F32, x, at[r + 7] + c).rearrange(RIGHT_7);
      FloatVector b0 = quarter(a0, a4, a2, a6);
      FloatVector b1 = quarter(a1, a5, a3, a7);
      FloatVector b2 = quarter(a2, a6, a4, a0);
      FloatVector b3 = quarter(a3, a7, a5, a1);
      FloatVector b4 = quarter(a4, a0, a6, a2);
      FloatVector b5 = quarter(a5, a1, a7, a3);
      FloatVector b6 = quarter(a6, a2, a0, a4);
      FloatVector b7 = quarter(a7, a3, a1, a5);
      b0.blend(b1, ODD).intoArray(e, to + r);
      b7.blend(b0, ODD).rearrange(RIGHT_7).intoArray(e, to + PITCH + r);
      b6.blend(b7, ODD).rearrange(RIGHT_6).intoArray(e, to + 2 * PITCH + r);
      b5.blend(b6, ODD).rearrange(RIGHT_5).intoArray(e, to + 3 * PITCH + r);
      b4.blend(b5, ODD).rearrange(RIGHT_4).intoArray(e, to + 4 * PITCH + r);
      b3.blend(b4, ODD).rearrange(RIGHT_3).intoArray(e, to + 5 * PITCH + r);
      b2.blend(b3, ODD).rearrange(RIGHT_2).intoArray(e, to + 6 * PITCH + r);
      b1.blend(b2, ODD).rearrange(RIGHT_1).intoArray(e, to + 7 * PITCH + r);
    }
  }

  /** Classes c and c + 1, the last of each row: columns 6 and 7 of a tile. */
  private static void pairToColumns(float[] x, int[] at, int from, int end, float[] e, int c) {
    int first = c + PAIR - SIDE;
    int to = c * PITCH;
    for (int r = from; r < end; r += SIDE) {
      FloatVector a0 = fromArray(F32, x, at[r] + first);
      FloatVector a1 = fromArray(F32, x, at[r + 1] + first).rearrange(RIGHT_1);
      FloatVector a2 = fromArray(F32, x, at[r + 2] + first).rearrange(RIGHT_2);
      FloatVector a3 = fromArray(F32, x, at[r + 3] + first).rearrange(RIGHT_3);
      FloatVector a4 = fromArray(F32, x, at[r + 4] + first).rearrange(RIGHT_4);
      FloatVector a5 = fromArray(F32, x, at[r + 5] + first).rearrange(RIGHT_5);
      FloatVector a6 = fromArray(F32, x, at[r + 6] + first).rearrange(RIGHT_6);
      FloatVector a7 = fromArray(F32, x, at[r + 7] + first).rearrange(RIGHT_7);
      FloatVector b1 = quarter(a1, a5, a3, a7);
      FloatVector b2 = quarter(a2, a6, a4, a0);
      FloatVector b3 = quarter(a3, a7, a5, a1);
      b2.blend(b3, ODD).rearrange(RIGHT_2).intoArray(e, to + r);
      b1.blend(b2, ODD).rearrange(RIGHT_1).intoArray(e, to + PITCH + r);
    }
  }

  private static void tilesToRows(
      float[] e, int c, float[] slope, float[] uniform, float[] g, int[] at, int from, int end) {
    int of = c * PITCH;
    for (int r = from; r < end; r += SIDE) {
      FloatVector s = fromArray(F32, slope, r);
      FloatVector u = fromArray(F32, uniform, r).neg();
      FloatVector a0 = fromArray(F32, e, of + r).fma(s, u);
      FloatVector a1 = fromArray(F32, e, of + PITCH + r).fma(s, u).rearrange(RIGHT_1);
      FloatVector a2 = fromArray(F32, e, of + 2 * PITCH + r).fma(s, u).rearrange(RIGHT_2);
      FloatVector a3 = fromArray(F32, e, of + 3 * PITCH + r).fma(s, u).rearrange(RIGHT_3);
      FloatVector a4 = fromArray(F32, e, of + 4 * PITCH + r).fma(s, u).rearrange(RIGHT_4);
      FloatVector a5 = fromArray(F32, e, of + 5 * PITCH + r).fma(s, u).rearrange(RIGHT_5);
      FloatVector a6 = fromArray(F32, e, of + 6 * PITCH + r).fma(s, u).rearrange(RIGHT_6);
      FloatVector a7 = fromArray(F32, e, of + 7 * PITCH + r).fma(s, u).rearrange(RIGHT_7);
      FloatVector b0 = quarter(a0, a4, a2, a6);
      FloatVector b1 = quarter(a1, a5, a3, a7);
      FloatVector b2 = quarter(a2, a6, a4, a0);
      FloatVector b3 = quarter(a3, a7, a5, a1);
      FloatVector b4 = quarter(a4, a0, a6, a2);
      FloatVector b5 = quarter(a5, a1, a7, a3);
      FloatVector b6 = quarter(a6, a2, a0, a4);
      FloatVector b7 = quarter(a7, a3, a1, a5);
      b0.blend(b1, ODD).intoArray(g, at[r] + c);
      b7.blend(b0, ODD).rearrange(RIGHT_7).intoArray(g, at[r + 1] + c);
      b6.blend(b7, ODD).rearrange(RIGHT_6).intoArray(g, at[r + 2] + c);
      b5.blend(b6, ODD).rearrange(RIGHT_5).intoArray(g, at[r + 3] + c);
      b4.blend(b5, ODD).rearrange(RIGHT_4).intoArray(g, at[r + 4] + c);
      b3.blend(b4, ODD).rearrange(RIGHT_3).intoArray(g, at[r + 5] + c);
      b2.blend(b3, ODD).rearrange(RIGHT_2).intoArray(g, at[r + 6] + c);
      b1.blend(b2, ODD).rearrange(RIGHT_1).intoArray(g, at[r + 7] + c);
    }
  }

  /** Classes c and c + 1, the last of each row, behind six that are there already. */
  private static void pairToRows(
      float[] e, int c, float[] slope, float[] uniform, float[] g, int[] at, int from, int end) {
    int of = c * PITCH;
    int first = c + PAIR - SIDE;
    for (int r = from; r < end; r += SIDE) {
      FloatVector s = fromArray(F32, slope, r);
      FloatVector u = fromArray(F32, uniform, r).neg();
      FloatVector a = fromArray(F32, e, of + r).fma(s, u);
      FloatVector b = fromArray(F32, e, of + PITCH + r).fma(s, u);
      // The pairs of rows 0, 2, 4 and 6, and those of 1, 3, 5 and 7.
      FloatVector even = a.blend(b.rearrange(RIGHT_1), ODD);
      FloatVector odd = a.rearrange(RIGHT_7).blend(b, ODD);
      end(g, at[r] + first, even.rearrange(RIGHT_6));
      end(g, at[r + 1] + first, odd.rearrange(RIGHT_6));
      end(g, at[r + 2] + first, even.rearrange(RIGHT_4));
      end(g, at[r + 3] + first, odd.rearrange(RIGHT_4));
      end(g, at[r + 4] + first, even.rearrange(RIGHT_2));
      end(g, at[r + 5] + first, odd.rearrange(RIGHT_2));
      end(g, at[r + 6] + first, even);
      end(g, at[r + 7] + first, odd);
    }
  }

  private static void end(float[] g, int at, FloatVector pair) {
    fromArray(F32, g, at).blend(pair, LAST_PAIR).intoArray(g, at);
  }

  /** Of four rotated rows two apart, what one column has of them and the next one, half as many. */
  private static FloatVector quarter(FloatVector a, FloatVector b, FloatVector c, FloatVector d) {
    return a.blend(b, UPPER_HALF).blend(c.blend(d, UPPER_HALF), UPPER_PAIRS);
  }
}
