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
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Passes over short rows that lie side by side, one a lane: class c of row r is e[pitch c + r].
 * Rows up to the next multiple of the vector length are computed too.
 */
final class ColumnPassesF32 {
  private static final int LANES = TreeF32.LANES;

  private ColumnPassesF32() {}

  /** From the transposed logits to exponentials and rest. */
  static PassF32[] list(PassF32 afterMax, boolean tempered) {
    return new PassF32[] {
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

  /** The maximum of each row and its first class, NaN left out. */
  static final class Max implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r += 2 * F32.length()) {
        max(b.e, r, b.pitch, b.classes, b.max, b.firstClass);
      }
    }

    /** Two vectors of rows at a time, since a maximum has to wait for the one before. */
    private static void max(float[] e, int r, int pitch, int classes, float[] max, float[] first) {
      FloatVector a = broadcast(F32, Float.NEGATIVE_INFINITY);
      FloatVector b = a;
      FloatVector firstOfA = zero(F32);
      FloatVector firstOfB = zero(F32);
      for (int c = 0; c < classes; c++) {
        float index = c;
        FloatVector va = fromArray(F32, e, c * pitch + r);
        FloatVector vb = fromArray(F32, e, c * pitch + r + F32.length());
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
      for (int c = 0; c < b.classes; c++) {
        for (int r = 0; r < b.rows; r += F32.length()) {
          FloatVector x = fromArray(F32, b.e, c * b.pitch + r).sub(fromArray(F32, b.shift, r));
          ExpF32.expScaled(x, fromArray(F32, b.origin, r)).intoArray(b.e, c * b.pitch + r);
        }
      }
    }
  }

  /** The same of e - shift over the temperature. */
  static final class TemperedExp implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      TemperatureF32 t = b.temperature;
      for (int c = 0; c < b.classes; c++) {
        exp(b, c * b.pitch, t.log2e, t.ln2High, t.ln2Low, t.inverse);
      }
    }

    private static void exp(
        RowBufferF32 b, int from, float log2e, float ln2High, float ln2Low, float inverse) {
      for (int r = 0; r < b.rows; r += F32.length()) {
        FloatVector x = fromArray(F32, b.e, from + r).sub(fromArray(F32, b.shift, r));
        ExpF32.expScaled(x, fromArray(F32, b.origin, r), log2e, ln2High, ln2Low, inverse)
            .intoArray(b.e, from + r);
      }
    }
  }

  /**
   * The sum of each row but for its first maximum: class c in lane c mod 16, then lanes l and l +
   * 8, l + 4, l + 2, l + 1.
   */
  static final class Sum implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      int filled = Math.min(b.classes, LANES);
      for (int c = 0; c < filled; c++) {
        for (int r = 0; r < b.rows; r += F32.length()) {
          others(b, c, r).intoArray(b.lanes, c * b.pitch + r);
        }
      }
      for (int c = LANES; c < b.classes; c++) {
        for (int r = 0; r < b.rows; r += F32.length()) {
          int lane = c % LANES * b.pitch + r;
          fromArray(F32, b.lanes, lane).add(others(b, c, r)).intoArray(b.lanes, lane);
        }
      }
      for (int step = LANES / 2; step > 0; step /= 2) {
        for (int lane = step; lane < filled; lane++) {
          add(b, lane, lane - step);
        }
        filled = Math.min(filled, step);
      }
      System.arraycopy(b.lanes, 0, b.rest, 0, b.rows);
    }

    private static FloatVector others(RowBufferF32 b, int c, int r) {
      float index = c;
      return fromArray(F32, b.e, c * b.pitch + r)
          .blend(0f, fromArray(F32, b.firstClass, r).compare(EQ, index));
    }

    private static void add(RowBufferF32 b, int from, int to) {
      for (int r = 0; r < b.rows; r += F32.length()) {
        fromArray(F32, b.lanes, to * b.pitch + r)
            .add(fromArray(F32, b.lanes, from * b.pitch + r))
            .intoArray(b.lanes, to * b.pitch + r);
      }
    }
  }
}
