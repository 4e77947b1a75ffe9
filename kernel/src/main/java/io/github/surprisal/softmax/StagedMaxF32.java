package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The maximum of each row, NaN left out, and where it is first, or the label if that is one; where
 * label smoothing needs it, from the same look at the row, its spread as {@link SpreadF32} takes it
 * from the sum, bit for bit. Rows that are not in the buffer yet are copied there on the way.
 */
final class StagedMaxF32 implements PassF32 {
  private static final int LANES = TreeF32.LANES;
  private static final int TURNS = TreeF32.turns(F32.length());
  private static final int STEP = TreeF32.step(F32.length());

  private final PassF32[] max;
  private final PassF32[] maxAndSpread;

  private StagedMaxF32(PassF32[] max, PassF32[] maxAndSpread) {
    this.max = max;
    this.maxAndSpread = maxAndSpread;
  }

  /** Of rows that are in the buffer. */
  static PassF32 inBuffer() {
    return new StagedMaxF32(
        new PassF32[] {new Max(false), new Last()},
        new PassF32[] {new MaxAndSpread(false), new First()});
  }

  /** Of rows that are copied there, and filled up. */
  static PassF32 onTheWay() {
    PassF32 fillUp = new StagedPassesF32.FillUp();
    return new StagedMaxF32(
        new PassF32[] {new Max(true), fillUp, new Last()},
        new PassF32[] {new MaxAndSpread(true), fillUp, new First()});
  }

  @Override
  public void run(RowBufferF32 b) {
    b.run(b.spreads ? maxAndSpread : max);
  }

  /**
   * The maximum of each row in lanes and, behind them, which vector it is in first; but for a last
   * strip that is not whole.
   */
  static final class Max implements PassF32 {
    private final boolean copies;

    Max(boolean copies) {
      this.copies = copies;
    }

    @Override
    public void run(RowBufferF32 b) {
      float[] x = copies ? b.x : b.staged;
      int whole = copies ? b.classes & -LANES : b.pitch;
      if (copies) {
        b.fill(b.rows * b.pitch);
      }
      for (int r = 0; r < b.rows; r++) {
        int to = r * b.pitch;
        int from = copies ? b.at[r] : to;
        max(x, from, b.staged, to, whole, b.lanes, 2 * r * F32.length());
        if (whole < b.classes) {
          last(b, from + whole, to + whole, b.classes - whole);
        }
      }
    }

    /**
     * Maxima a and b in turn, since one has to wait for the one before; p and q tell which vector
     * each of their lanes is from.
     */
    private static void max(float[] x, int from, float[] e, int to, int n, float[] lanes, int at) {
      FloatVector a = broadcast(F32, Float.NEGATIVE_INFINITY);
      FloatVector b = a;
      FloatVector p = zero(F32);
      FloatVector q = p;
      FloatVector k = p;
      for (int i = 0; i < n; i += F32.length()) {
        FloatVector v = fromArray(F32, x, from + i);
        v.intoArray(e, to + i);
        VectorMask<Float> above = v.compare(GT, a);
        FloatVector higher = a.blend(v, above);
        FloatVector place = p.blend(k, above);
        k = k.add(1);
        a = b;
        b = higher;
        p = q;
        q = place;
      }
      VectorMask<Float> other = b.compare(GT, a).or(b.compare(EQ, a).and(q.compare(LT, p)));
      a.blend(b, other).intoArray(lanes, at);
      p.blend(q, other).intoArray(lanes, at + F32.length());
    }

    /** Copies the last n elements, and others behind them where there are any. */
    private static void last(RowBufferF32 b, int from, int to, int n) {
      if (from <= b.end - LANES) {
        for (int i = 0; i < LANES; i += F32.length()) {
          fromArray(F32, b.x, from + i).intoArray(b.staged, to + i);
        }
      } else {
        System.arraycopy(b.x, from, b.staged, to, n);
      }
    }
  }

  /** The maximum of each row and its place, from what {@link Max} left and the last strip. */
  static final class Last implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        b.foundMax(r, r * b.pitch + place(b, r));
      }
    }

    /** Stores the maximum of row r; the first of its places in the row. */
    private static int place(RowBufferF32 b, int r) {
      int at = 2 * r * F32.length();
      int strip = b.pitch - LANES;
      FloatVector a = fromArray(F32, b.lanes, at);
      FloatVector p = fromArray(F32, b.lanes, at + F32.length());
      for (int i = 0; i < LANES; i += F32.length()) {
        FloatVector v = fromArray(F32, b.staged, r * b.pitch + strip + i);
        VectorMask<Float> above = v.compare(GT, a);
        a = a.blend(v, above);
        p = p.blend((float) ((strip + i) / F32.length()), above);
      }
      float max = a.reduceLanes(MAX);
      b.max[r] = max;
      FloatVector places =
          p.fma(broadcast(F32, (float) F32.length()), fromArray(F32, StagedPassesF32.INDEX, 0));
      return (int) places.blend(Float.POSITIVE_INFINITY, a.compare(NE, max)).reduceLanes(MIN);
    }
  }

  /** Where the maximum is that is known; anywhere in a row of NaN. */
  static final class First implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        b.foundMax(r, indexOf(b.staged, r * b.pitch, (r + 1) * b.pitch, b.max[r]));
      }
    }

    private static int indexOf(float[] e, int from, int to, float value) {
      for (int i = from; i < to; i += F32.length()) {
        VectorMask<Float> equal = fromArray(F32, e, i).compare(EQ, value);
        if (equal.anyTrue()) {
          return i + equal.firstTrue();
        }
      }
      return from;
    }
  }

  /** The maximum and the spread of each row. */
  static final class MaxAndSpread implements PassF32 {
    private final float[] lanes = new float[LANES];
    private final boolean copies;

    MaxAndSpread(boolean copies) {
      this.copies = copies;
    }

    @Override
    public void run(RowBufferF32 b) {
      float[] x = copies ? b.x : b.staged;
      if (copies) {
        b.fill(b.rows * b.pitch);
      }
      for (int r = 0; r < b.rows; r++) {
        int to = r * b.pitch;
        b.group.spread[r] = maxAndSpread(b, r, x, copies ? b.at[r] : to, to);
      }
    }

    /** The spread of row r, or NaN; stores the maximum. */
    private double maxAndSpread(RowBufferF32 b, int r, float[] x, int from, int to) {
      int whole = b.classes & -2 * LANES;
      float max = maxAndSum(x, from, b.staged, to, whole, lanes);
      double others = 0;
      for (int i = whole; i < b.classes; i++) {
        float v = x[from + i];
        b.staged[to + i] = v;
        max = v > max ? v : max;
        others += v;
      }
      b.max[r] = max;
      return SpreadF32.ofSum(TreeF32.sum(lanes) + others, b.classes, max);
    }

    /** The same of n elements, a multiple of 32, and in the lanes the sum of pairs of them. */
    private static float maxAndSum(float[] x, int from, float[] e, int to, int n, float[] lanes) {
      int half = n / 2;
      FloatVector a = broadcast(F32, Float.NEGATIVE_INFINITY);
      FloatVector b = a;
      for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
        FloatVector s = zero(F32);
        FloatVector t = s;
        for (int i = lane; i < half; i += STEP) {
          FloatVector v = fromArray(F32, x, from + i);
          FloatVector w = fromArray(F32, x, from + half + i);
          v.intoArray(e, to + i);
          w.intoArray(e, to + half + i);
          a = a.blend(v, v.compare(GT, a));
          b = b.blend(w, w.compare(GT, b));
          FloatVector sum = s.add(v.add(w));
          s = TURNS == 2 ? t : sum;
          t = sum;
        }
        s.intoArray(lanes, lane);
        if (TURNS == 2) {
          t.intoArray(lanes, F32.length());
        }
      }
      return a.blend(b, b.compare(GT, a)).reduceLanes(MAX);
    }
  }
}
