package io.github.surprisal.internal.softmax.shortrow;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.surprisal.internal.lane.ExpF32;
import io.github.surprisal.internal.lane.TemperatureF32;
import io.github.surprisal.internal.softmax.loop.Sizes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Loops over rows that lie side by side, one a lane. Rows up to the next multiple of the vector
 * length are computed too.
 */
final class ColumnLoopsF32 {
  private static final int PITCH = ColumnsF32.PITCH;

  private ColumnLoopsF32() {}

  /** Logits to columns. */
  static final class ToColumns {
    static void run(ColumnsF32 a) {
      TransposeF32.toColumns(a.outside, a.at, a.rows, a.e, a.classes);
    }
  }

  /** Exponentials to the rows of the gradient, slope e - uniform. */
  static final class ToRows {
    static void run(ColumnsF32 a) {
      TransposeF32.toRows(a.e, a.classes, a.slope, a.uniform, a.outside, a.at, a.rows);
    }
  }

  /** The maximum of each row, NaN left out. */
  static final class Max {
    static void run(ColumnsF32 a) {
      for (int r = 0; r < a.rows; r += 2 * F32.length()) {
        max(a.e, r, a.classes, a.scale.max);
      }
    }

    /** Two vectors of rows at a time, since a maximum has to wait for the one before. */
    private static void max(float[] e, int r, int classes, float[] max) {
      FloatVector a = broadcast(F32, Float.NEGATIVE_INFINITY);
      FloatVector b = a;
      for (int c = 0; c < classes; c++) {
        FloatVector va = fromArray(F32, e, c * PITCH + r);
        FloatVector vb = fromArray(F32, e, c * PITCH + r + F32.length());
        a = a.blend(va, va.compare(GT, a));
        b = b.blend(vb, vb.compare(GT, b));
      }
      a.intoArray(max, r);
      b.intoArray(max, r + F32.length());
    }
  }

  /** Shift and exponent bias of each row, and the exponential of its maximum. */
  static final class Scale {
    static void run(ColumnsF32 a) {
      ColumnScaleF32 s = a.scale;
      TemperatureF32 t = s.temperature;
      for (int r = 0; r < a.rows; r += F32.length()) {
        FloatVector max = fromArray(F32, s.max, r);
        FloatVector shift = ExpF32.shift(max, t.unshifted);
        FloatVector origin = ExpF32.origin(max.sub(shift), t.log2e);
        shift.intoArray(s.shift, r);
        origin.intoArray(s.origin, r);
        exp(max.sub(shift), origin, t).intoArray(s.maxExp, r);
      }
    }

    private static FloatVector exp(FloatVector x, FloatVector origin, TemperatureF32 t) {
      return ExpF32.expScaled(x, origin, t.log2e, t.high, t.low, t.inverse);
    }
  }

  /** e becomes exp((e - shift) / T) 2^-c, c by the row's exponent bias. */
  static final class Exp {
    static void run(ColumnsF32 a) {
      ColumnScaleF32 s = a.scale;
      for (int c = 0; c < a.classes; c++) {
        exp(a.e, c * PITCH, a.rows, s.origin, s.shift);
      }
    }

    private static void exp(float[] e, int at, int rows, float[] origins, float[] shifts) {
      for (int r = 0; r < rows; r += F32.length()) {
        FloatVector x = fromArray(F32, e, at + r).sub(fromArray(F32, shifts, r));
        ExpF32.expScaled(x, fromArray(F32, origins, r)).intoArray(e, at + r);
      }
    }
  }

  /** Exponentials over a temperature. */
  static final class TemperedExp {
    static void run(ColumnsF32 a) {
      ColumnScaleF32 s = a.scale;
      for (int c = 0; c < a.classes; c++) {
        exp(a.e, c * PITCH, a.rows, s.origin, s.shift, s.temperature);
      }
    }

    private static void exp(
        float[] e, int at, int rows, float[] origins, float[] shifts, TemperatureF32 t) {
      float log2e = t.log2e;
      float high = t.high;
      float low = t.low;
      float inverse = t.inverse;
      for (int r = 0; r < rows; r += F32.length()) {
        FloatVector x = fromArray(F32, e, at + r).sub(fromArray(F32, shifts, r));
        FloatVector origin = fromArray(F32, origins, r);
        ExpF32.expScaled(x, origin, log2e, high, low, inverse).intoArray(e, at + r);
      }
    }
  }

  /** The sum of (m - x) 2^-13 of each row, class c in lane c mod 16. */
  static final class Gap {
    static void run(ColumnsF32 a) {
      Arrays.fill(a.lanes, 0);
      for (int c = 0; c < a.classes; c++) {
        int lane = (c & (Sizes.LANES - 1)) * PITCH;
        add(a.e, c * PITCH, a.scale.max, a.rows, a.lanes, lane);
      }
      Arrays.fill(a.gap, 0);
      for (int half = 0; half < 2; half++) {
        Sum.add(a.lanes, half, Sizes.LANES, Sum.NONE, a.rows, a.gap);
      }
    }

    private static void add(float[] x, int at, float[] max, int rows, float[] lanes, int to) {
      for (int r = 0; r < rows; r += F32.length()) {
        FloatVector m = fromArray(F32, max, r).mul(0x1p-13f);
        FloatVector gap = fromArray(F32, x, at + r).fma(broadcast(F32, -0x1p-13f), m);
        fromArray(F32, lanes, to + r).add(gap).intoArray(lanes, to + r);
      }
    }
  }

  /**
   * The lanes of each row's sum but for its largest: class c in lane c mod 16. They are the columns
   * themselves unless there are more; lanes without a class are 0.
   */
  static final class Lanes {
    static void run(ColumnsF32 a) {
      int end = a.classes * PITCH;
      Arrays.fill(a.e, end, Math.min(end + PITCH, a.e.length), 0);
      if (a.classes > Sizes.LANES) {
        for (int c = 0; c < Sizes.LANES; c++) {
          add(a.e, c, a.classes, a.scale.maxExp, a.rows, a.lanes);
        }
      }
    }

    private static void add(
        float[] e, int c, int classes, float[] largest, int rows, float[] lanes) {
      for (int r = 0; r < rows; r += F32.length()) {
        FloatVector top = fromArray(F32, largest, r);
        other(e, r, c, classes, top)
            .add(other(e, r, c + Sizes.LANES, classes, top))
            .intoArray(lanes, c * PITCH + r);
      }
    }
  }

  /** The sum of the lanes of each row: of l and l + 8, then l + 4, l + 2, l + 1. */
  static final class Sum {
    /** The largest of rows that have none any more: equal to no number. */
    static final float[] NONE = new float[Sizes.ROWS];

    static {
      Arrays.fill(NONE, Float.NaN);
    }

    static void run(ColumnsF32 a) {
      boolean few = a.classes <= Sizes.LANES;
      float[] lanes = few ? a.e : a.lanes;
      float[] largest = few ? a.scale.maxExp : NONE;
      start(a.scale.max, a.rows, a.rest);
      // Half of the lanes at a time: C2 would not compile all of them into one method.
      for (int half = 0; half < 2; half++) {
        add(lanes, half, few ? a.classes : Sizes.LANES, largest, a.rows, a.rest);
      }
    }

    /** An infinite maximum makes the row NaN, since max - max is. */
    private static void start(float[] max, int rows, float[] sums) {
      for (int r = 0; r < rows; r += F32.length()) {
        FloatVector m = fromArray(F32, max, r);
        m.sub(m).intoArray(sums, r);
      }
    }

    static void add(float[] lanes, int l, int n, float[] largest, int rows, float[] sums) {
      for (int r = 0; r < rows; r += F32.length()) {
        FloatVector top = fromArray(F32, largest, r);
        fromArray(F32, sums, r)
            .add(quarter(lanes, r, l, n, top).add(quarter(lanes, r, l + 2, n, top)))
            .intoArray(sums, r);
      }
    }

    /** Lanes l, l + 8, l + 4 and l + 12. */
    private static FloatVector quarter(float[] lanes, int r, int l, int n, FloatVector top) {
      return pair(lanes, r, l, n, top).add(pair(lanes, r, l + 4, n, top));
    }

    private static FloatVector pair(float[] lanes, int r, int l, int n, FloatVector top) {
      return other(lanes, r, l, n, top).add(other(lanes, r, l + 8, n, top));
    }
  }

  /** How many exponentials of each row are as large as the largest, beside it. */
  static final class Ties {
    static void run(ColumnsF32 a) {
      for (int r = 0; r < a.rows; r += F32.length()) {
        count(a.e, r, a.classes, a.scale.maxExp, a.ties);
      }
    }

    private static void count(float[] e, int r, int classes, float[] largest, float[] ties) {
      FloatVector top = fromArray(F32, largest, r);
      FloatVector n = broadcast(F32, -1f);
      for (int c = 0; c < classes; c++) {
        var isTop = fromArray(F32, e, c * PITCH + r).compare(EQ, top);
        n = n.add(zero(F32).blend(1f, isTop));
      }
      n.intoArray(ties, r);
    }
  }

  /** Column c of n, 0 in rows that have their largest there; those beyond are column n. */
  private static FloatVector other(float[] e, int r, int c, int n, FloatVector top) {
    FloatVector v = fromArray(F32, e, Math.min(c, n) * PITCH + r);
    return v.blend(0f, v.compare(EQ, top));
  }
}
