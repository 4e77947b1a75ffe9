package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.surprisal.lane.ExpF32;
import io.github.surprisal.lane.TemperatureF32;
import io.github.surprisal.reduction.TreeF32;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Passes over short rows that lie side by side, one a lane: class c of row r is e[PITCH c + r].
 * Rows up to the next multiple of the vector length are computed too.
 */
final class ColumnPassesF32 {
  private static final int LANES = TreeF32.LANES;
  private static final int PITCH = ShortRowsF32.PITCH;

  private ColumnPassesF32() {}

  /** From the logits to exponentials and rest. */
  static PassF32[] list(PassF32 afterMax, boolean tempered) {
    return new PassF32[] {
      new Columns(),
      new BufferPassesF32.Labels(),
      new Max(),
      afterMax,
      new ScalePassF32(),
      tempered ? new TemperedExp() : new Exp(),
      new Sum(),
      new BufferPassesF32.Store(),
      new RowScalarsF32.Quotients(),
      new RowScalarsF32.LogRest()
    };
  }

  /** From the exponentials and the finished row scalars to the gradient. */
  static PassF32[] gradientList() {
    return new PassF32[] {new Rows()};
  }

  /** Logits to columns. */
  static final class Columns implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      TransposeF32.toColumns(b.x, b.at, b.rows, b.e, b.classes);
    }
  }

  /** Exponentials to the rows of the gradient, slope e - uniform. */
  static final class Rows implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      TransposeF32.toRows(b.e, b.classes, b.slope, b.uniform, b.out, b.at, b.rows);
    }
  }

  /** The maximum of each row and its first class, NaN left out. */
  static final class Max implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r += 2 * F32.length()) {
        max(b.e, r, b.classes, b.max, b.firstClass);
      }
    }

    /** Two vectors of rows at a time, since a maximum has to wait for the one before. */
    private static void max(float[] e, int r, int classes, float[] max, float[] first) {
      FloatVector a = broadcast(F32, Float.NEGATIVE_INFINITY);
      FloatVector b = a;
      FloatVector firstOfA = zero(F32);
      FloatVector firstOfB = zero(F32);
      for (int c = 0; c < classes; c++) {
        float index = c;
        FloatVector va = fromArray(F32, e, c * PITCH + r);
        FloatVector vb = fromArray(F32, e, c * PITCH + r + F32.length());
        VectorMask<Float> aboveA = va.compare(GT, a);
        VectorMask<Float> aboveB = vb.compare(GT, b);
        a = a.blend(va, aboveA);
        b = b.blend(vb, aboveB);
        firstOfA = firstOfA.blend(index, aboveA);
        firstOfB = firstOfB.blend(index, aboveB);
      }
      a.intoArray(max, r);
      b.intoArray(max, r + F32.length());
      firstOfA.intoArray(first, r);
      firstOfB.intoArray(first, r + F32.length());
    }
  }

  /** e becomes exp(e - shift) 2^-k, k by the row's origin. */
  static final class Exp implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      shift(b);
      for (int c = 0; c < b.classes; c++) {
        exp(b.e, c * PITCH, b.rows, b.origin);
      }
    }

    private static void exp(float[] e, int at, int rows, float[] origins) {
      for (int r = 0; r < rows; r += F32.length()) {
        FloatVector x = fromArray(F32, e, at + r);
        ExpF32.expScaled(x, fromArray(F32, origins, r)).intoArray(e, at + r);
      }
    }
  }

  /** The same of e - shift over the temperature. */
  static final class TemperedExp implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      shift(b);
      TemperatureF32 t = b.temperature;
      for (int c = 0; c < b.classes; c++) {
        exp(b.e, c * PITCH, b.rows, b.origin, t.log2e, t.high, t.low, t.inverse);
      }
    }

    private static void exp(
        float[] e,
        int at,
        int rows,
        float[] origins,
        float log2e,
        float high,
        float low,
        float inverse) {
      for (int r = 0; r < rows; r += F32.length()) {
        FloatVector x = fromArray(F32, e, at + r);
        FloatVector origin = fromArray(F32, origins, r);
        ExpF32.expScaled(x, origin, log2e, high, low, inverse).intoArray(e, at + r);
      }
    }
  }

  /** Subtracts the shift where there is one, which is in next to no row. */
  private static void shift(RowBufferF32 b) {
    for (int r = 0; r < b.rows; r++) {
      float shift = b.shift[r];
      for (int c = 0; shift != 0 && c < b.classes; c++) {
        b.e[c * PITCH + r] -= shift;
      }
    }
  }

  /**
   * The sum of each row but for its first maximum: class c in lane c mod 16, then lanes l and l +
   * 8, l + 4, l + 2, l + 1. Lanes without a class are 0.
   */
  static final class Sum implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      int filled = Math.min(b.classes, LANES);
      Arrays.fill(b.lanes, filled * PITCH, LANES * PITCH, 0);
      for (int r = 0; r < b.rows; r += F32.length()) {
        fill(b.e, r, filled, b.firstClass, b.lanes);
        // Without this question, `first` is put in a box for a loop that has no round.
        if (b.classes > LANES) {
          addFurther(b.e, r, b.classes, b.firstClass, b.lanes);
        }
        quarter(b.lanes, r)
            .add(quarter(b.lanes, r + 2 * PITCH))
            .add(quarter(b.lanes, r + PITCH).add(quarter(b.lanes, r + 3 * PITCH)))
            .intoArray(b.rest, r);
      }
    }

    private static void fill(float[] e, int r, int classes, float[] firsts, float[] lanes) {
      FloatVector first = fromArray(F32, firsts, r);
      for (int c = 0; c < classes; c++) {
        other(e, r, c, first).intoArray(lanes, c * PITCH + r);
      }
    }

    private static void addFurther(float[] e, int r, int classes, float[] firsts, float[] lanes) {
      FloatVector first = fromArray(F32, firsts, r);
      for (int c = LANES; c < classes; c++) {
        int lane = (c - LANES) * PITCH + r;
        fromArray(F32, lanes, lane).add(other(e, r, c, first)).intoArray(lanes, lane);
      }
    }

    private static FloatVector other(float[] e, int r, int c, FloatVector first) {
      float index = c;
      return fromArray(F32, e, c * PITCH + r).blend(0f, first.compare(EQ, index));
    }

    /** Lanes l, l + 8, l + 4 and l + 12 of lane l at {@code at}. */
    private static FloatVector quarter(float[] lanes, int at) {
      return half(lanes, at).add(half(lanes, at + 4 * PITCH));
    }

    private static FloatVector half(float[] lanes, int at) {
      return fromArray(F32, lanes, at).add(fromArray(F32, lanes, at + 8 * PITCH));
    }
  }
}
