package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.github.surprisal.lane.ExpF32;
import io.github.surprisal.reduction.TreeF32;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Passes over rows in a buffer, {@code pitch} apart, a multiple of 16. A sum visits the virtual
 * lanes a vector at a time, so that its order is the same at every width. Trees run flat over the
 * lanes of all rows: lane l takes in lane l + step, and of what that leaves only lane 0 of each row
 * is read.
 */
final class StagedPassesF32 {
  private static final int LANES = TreeF32.LANES;
  private static final int TURNS = TreeF32.turns(F32.length());
  private static final int STEP = TURNS == 2 ? F32.length() : LANES;
  private static final float[] INDEX = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

  private StagedPassesF32() {}

  /** From the logits to exponentials and rest. */
  static PassF32[] list(PassF32 afterMax, boolean tempered) {
    return new PassF32[] {
      new Stage(),
      new BufferPassesF32.Labels(),
      new Max(),
      afterMax,
      new First(),
      new ScalePassF32(),
      new BufferPassesF32.Exclude(),
      tempered ? new TemperedExp() : new Exp(),
      new Sum(),
      new BufferPassesF32.Include(),
      new BufferPassesF32.Store(),
      new RowScalarsF32.Quotients(),
      new RowScalarsF32.LogRest()
    };
  }

  /** From a block of prepared logits to exponentials and their sum. */
  static PassF32[] blockList(PassF32 softcap, PassF32 addBlock) {
    return new PassF32[] {
      new BufferPassesF32.StageBlock(),
      softcap,
      new BufferPassesF32.Keep(),
      new PreparedLongRowsF32.ExcludeFromBlock(),
      new TemperedExp(),
      new Sum(),
      addBlock
    };
  }

  /** The same but for the sum. */
  static PassF32[] blockAgainList(PassF32 softcap) {
    return new PassF32[] {
      new BufferPassesF32.StageBlock(), softcap, new BufferPassesF32.Keep(), new TemperedExp()
    };
  }

  /** The same as {@link #list}, of allowed classes, with the logits kept. */
  static PassF32[] keptList(boolean tempered) {
    return new PassF32[] {
      new Stage(),
      new BufferPassesF32.Forbid(),
      new Max(),
      new First(),
      new ScalePassF32(),
      new BufferPassesF32.Exclude(),
      tempered ? new TemperedExp() : new Exp(),
      new Sum(),
      new BufferPassesF32.Include(),
      new BufferPassesF32.Store(),
      new RowScalarsF32.Quotients(),
      new RowScalarsF32.LogRest()
    };
  }

  /** The same as {@link #list} of prepared logits. */
  static PassF32[] preparedList(PassF32 softcap, PassF32 afterMax, PassF32 entropySums) {
    return new PassF32[] {
      new Stage(),
      new BufferPassesF32.Forbid(),
      softcap,
      new BufferPassesF32.Keep(),
      new Max(),
      afterMax,
      new First(),
      new ScalePassF32(),
      new BufferPassesF32.Exclude(),
      new TemperedExp(),
      new Sum(),
      entropySums,
      new BufferPassesF32.Include(),
      new BufferPassesF32.Store(),
      new RowScalarsF32.Quotients(),
      new RowScalarsF32.LogRest()
    };
  }

  /** Copies the logits and fills each row up with -infinity. */
  static final class Stage implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        if (b.at[r] + b.pitch <= b.end) {
          copyVectors(b.x, b.at[r], b.staged, r * b.pitch, b.classes, b.pitch);
        } else {
          System.arraycopy(b.x, b.at[r], b.staged, r * b.pitch, b.classes);
          int from = r * b.pitch + b.classes;
          Arrays.fill(b.staged, from, (r + 1) * b.pitch, Float.NEGATIVE_INFINITY);
        }
      }
    }

    private static void copyVectors(float[] x, int from, float[] e, int to, int n, int pitch) {
      int i = 0;
      for (; i <= n - F32.length(); i += F32.length()) {
        fromArray(F32, x, from + i).intoArray(e, to + i);
      }
      for (; i < pitch; i += F32.length()) {
        float left = n - i;
        fromArray(F32, x, from + i)
            .blend(Float.NEGATIVE_INFINITY, fromArray(F32, INDEX, 0).compare(GE, left))
            .intoArray(e, to + i);
      }
    }
  }

  /** The maximum of each row, NaN left out. */
  static final class Max implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        b.max[r] = max(b.staged, r * b.pitch, (r + 1) * b.pitch);
      }
    }

    /** Two in turn, since a maximum has to wait for the one before. */
    private static float max(float[] e, int from, int to) {
      FloatVector a = broadcast(F32, Float.NEGATIVE_INFINITY);
      FloatVector b = a;
      for (int i = from; i < to; i += F32.length()) {
        FloatVector v = fromArray(F32, e, i);
        FloatVector max = a.blend(v, v.compare(GT, a));
        a = b;
        b = max;
      }
      return a.blend(b, b.compare(GT, a)).reduceLanes(MAX);
    }
  }

  /** Where the maximum is; the label if it is one. */
  static final class First implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        int label = b.label[r];
        int first =
            label >= 0 && b.staged[label] == b.max[r]
                ? label
                : indexOf(b.staged, r * b.pitch, (r + 1) * b.pitch, b.max[r]);
        b.first[r] = first;
        b.group.first[r] = first - r * b.pitch;
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

  /**
   * e is exp(x - shift) 2^-k, k by the row's origin; its sums go to the lanes. Touches what will be
   * needed beside whole strips of 16.
   */
  static final class Exp implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      Arrays.fill(b.lanes, 0, b.rows * LANES, 0);
      for (int r = 0; r < b.rows; r++) {
        int from = r * b.pitch;
        exp(b, from, b.whole, r, b.coming, b.comingAt[r], b.going, b.goingAt[r]);
        if (b.whole < b.pitch) {
          exp(b, from + b.whole, LANES, r, b.e, from + b.whole, b.unread, 0);
        }
      }
    }

    private static void exp(
        RowBufferF32 b,
        int from,
        int n,
        int r,
        float[] coming,
        int comingAt,
        float[] going,
        int goingAt) {
      float shift = b.shift[r];
      FloatVector o = broadcast(F32, b.origin[r]);
      float[] x = b.staged;
      float[] e = b.e;
      float[] unread = b.unread;
      float[] lanes = b.lanes;
      int at = r * LANES;
      for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
        FloatVector s = fromArray(F32, lanes, at + lane);
        FloatVector t = fromArray(F32, lanes, at + LANES - F32.length());
        for (int i = lane; i < n; i += STEP) {
          fromArray(F32, coming, comingAt + i).intoArray(unread, i);
          FloatVector y = ExpF32.expScaled(fromArray(F32, x, from + i).sub(shift), o);
          y.intoArray(e, from + i);
          y.intoArray(going, goingAt + i);
          FloatVector sum = s.add(y);
          s = TURNS == 2 ? t : sum;
          t = sum;
        }
        s.intoArray(lanes, at + lane);
        if (TURNS == 2) {
          t.intoArray(lanes, at + F32.length());
        }
      }
    }
  }

  /** The same of x - shift over the temperature. */
  static final class TemperedExp implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      Arrays.fill(b.lanes, 0, b.rows * LANES, 0);
      for (int r = 0; r < b.rows; r++) {
        int from = r * b.pitch;
        exp(b, from, b.whole, r, b.coming, b.comingAt[r], b.going, b.goingAt[r]);
        if (b.whole < b.pitch) {
          exp(b, from + b.whole, LANES, r, b.e, from + b.whole, b.unread, 0);
        }
      }
    }

    private static void exp(
        RowBufferF32 b,
        int from,
        int n,
        int r,
        float[] coming,
        int comingAt,
        float[] going,
        int goingAt) {
      float shift = b.shift[r];
      FloatVector o = broadcast(F32, b.origin[r]);
      float log2e = b.temperature.log2e;
      float high = b.temperature.ln2High;
      float low = b.temperature.ln2Low;
      float inverse = b.temperature.inverse;
      float[] x = b.staged;
      float[] e = b.e;
      float[] unread = b.unread;
      float[] lanes = b.lanes;
      int at = r * LANES;
      for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
        FloatVector s = fromArray(F32, lanes, at + lane);
        FloatVector t = fromArray(F32, lanes, at + LANES - F32.length());
        for (int i = lane; i < n; i += STEP) {
          fromArray(F32, coming, comingAt + i).intoArray(unread, i);
          FloatVector v = fromArray(F32, x, from + i).sub(shift);
          FloatVector y = ExpF32.expScaled(v, o, log2e, high, low, inverse);
          y.intoArray(e, from + i);
          y.intoArray(going, goingAt + i);
          FloatVector sum = s.add(y);
          s = TURNS == 2 ? t : sum;
          t = sum;
        }
        s.intoArray(lanes, at + lane);
        if (TURNS == 2) {
          t.intoArray(lanes, at + F32.length());
        }
      }
    }
  }

  /** Ends the sum of each row. */
  static final class Sum implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        b.rest[r] = TreeF32.sum(b.lanes, r * LANES);
      }
    }
  }
}
