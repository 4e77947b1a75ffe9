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
      new Lanes(),
      new Sum(),
      new BufferPassesF32.Store(),
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

  /** Subtracts the shift where there is one. */
  private static void shift(RowBufferF32 b) {
    for (int r = 0; b.shifts && r < b.rows; r++) {
      for (int c = 0; c < b.classes; c++) {
        b.e[c * PITCH + r] -= b.shift[r];
      }
    }
  }

  /**
   * The lanes of each row's sum but for its first maximum: class c in lane c mod 16. They are the
   * columns themselves unless there are more; lanes without a class are 0.
   */
  static final class Lanes implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      int end = b.classes * PITCH;
      Arrays.fill(b.e, end, Math.min(end + PITCH, b.e.length), 0);
      if (b.classes > LANES) {
        for (int c = 0; c < LANES; c++) {
          add(b.e, c, b.classes, b.firstClass, b.rows, b.lanes);
        }
      }
    }

    private static void add(
        float[] e, int c, int classes, float[] firsts, int rows, float[] lanes) {
      for (int r = 0; r < rows; r += F32.length()) {
        FloatVector first = fromArray(F32, firsts, r);
        other(e, r, c, classes, first)
            .add(other(e, r, c + LANES, classes, first))
            .intoArray(lanes, c * PITCH + r);
      }
    }
  }

  /** The sum of the lanes of each row: of l and l + 8, then l + 4, l + 2, l + 1. */
  static final class Sum implements PassF32 {
    /** The first maximum of rows that have none any more. */
    private static final float[] NONE = new float[RowGroup.CAPACITY];

    static {
      Arrays.fill(NONE, -1);
    }

    @Override
    public void run(RowBufferF32 b) {
      boolean few = b.classes <= LANES;
      float[] lanes = few ? b.e : b.lanes;
      float[] firsts = few ? b.firstClass : NONE;
      start(b.max, b.rows, b.rest);
      // Half of the lanes at a time: C2 would not compile all of them into one method.
      for (int half = 0; half < 2; half++) {
        add(lanes, half, few ? b.classes : LANES, firsts, b.rows, b.rest);
      }
    }

    /** An infinite maximum makes the row NaN, since max - max is. */
    private static void start(float[] max, int rows, float[] sums) {
      for (int r = 0; r < rows; r += F32.length()) {
        FloatVector m = fromArray(F32, max, r);
        m.sub(m).intoArray(sums, r);
      }
    }

    private static void add(float[] lanes, int l, int n, float[] firsts, int rows, float[] sums) {
      for (int r = 0; r < rows; r += F32.length()) {
        FloatVector first = fromArray(F32, firsts, r);
        fromArray(F32, sums, r)
            .add(quarter(lanes, r, l, n, first).add(quarter(lanes, r, l + 2, n, first)))
            .intoArray(sums, r);
      }
    }

    /** Lanes l, l + 8, l + 4 and l + 12. */
    private static FloatVector quarter(float[] lanes, int r, int l, int n, FloatVector first) {
      return pair(lanes, r, l, n, first).add(pair(lanes, r, l + 4, n, first));
    }

    private static FloatVector pair(float[] lanes, int r, int l, int n, FloatVector first) {
      return other(lanes, r, l, n, first).add(other(lanes, r, l + 8, n, first));
    }
  }

  /** Column c of n, 0 in rows that have their first maximum there; those beyond are column n. */
  private static FloatVector other(float[] e, int r, int c, int n, FloatVector first) {
    float index = c;
    return fromArray(F32, e, Math.min(c, n) * PITCH + r).blend(0f, first.compare(EQ, index));
  }
}
