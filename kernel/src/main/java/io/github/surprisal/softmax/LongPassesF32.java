package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.github.surprisal.lane.ExpF32;
import io.github.surprisal.reduction.TreeF32;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Passes over one row of many blocks. */
final class LongPassesF32 {
  private static final int LANES = TreeF32.LANES;

  private LongPassesF32() {}

  /** From the logits to exponentials and rest. */
  static PassF32[] list(PassF32 afterMax) {
    return new PassF32[] {
      new Max(),
      afterMax,
      new ScalePassF32(),
      new Exp(),
      new RowScalarsF32.Quotients(),
      new RowScalarsF32.LogRest()
    };
  }

  /** The maximum of the row, NaN left out, and its first class. */
  static final class Max implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      if (b.next != b.at[0]) {
        b.startNext(b.at[0]);
        for (int c = 0; c < b.classes; c += BLOCK) {
          b.foundInNext(c, max(b.x, b.at[0] + c, b.at[0] + Math.min(c + BLOCK, b.classes)));
        }
      }
      float max = b.nextMax;
      int first = b.nextBlock;
      while (first < b.classes - 1 && b.x[b.at[0] + first] != max) {
        first++;
      }
      b.max[0] = max;
      b.first[0] = first;
    }

    private static float max(float[] x, int from, int to) {
      FloatVector a = broadcast(F32, Float.NEGATIVE_INFINITY);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      int step = F32.length();
      int i = from;
      // Compare and blend: max() of vectors costs three times as much for the sake of NaN and -0.
      for (; i <= to - 4 * step; i += 4 * step) {
        FloatVector va = fromArray(F32, x, i);
        FloatVector vb = fromArray(F32, x, i + step);
        FloatVector vc = fromArray(F32, x, i + 2 * step);
        FloatVector vd = fromArray(F32, x, i + 3 * step);
        a = a.blend(va, va.compare(GT, a));
        b = b.blend(vb, vb.compare(GT, b));
        c = c.blend(vc, vc.compare(GT, c));
        d = d.blend(vd, vd.compare(GT, d));
      }
      a = a.blend(b, b.compare(GT, a));
      c = c.blend(d, d.compare(GT, c));
      a = a.blend(c, c.compare(GT, a));
      float max = a.reduceLanes(MAX);
      for (; i < to; i++) {
        if (x[i] > max) {
          max = x[i];
        }
      }
      return max;
    }
  }

  /**
   * The exponentials, and the sum of all but the first maximum's, block after block in double;
   * beside them, the maximum of the next row, so that its logits arrive from memory meanwhile.
   * Exponentials of whole blocks go straight to the gradient's memory; the block of the maximum and
   * the last one pass through a buffer.
   */
  static final class Exp implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      int row = b.at[0];
      b.startNext(b.following);
      double rest = 0;
      for (int c = 0; c < b.classes; c += BLOCK) {
        block(b, row + c, c, Math.min(BLOCK, b.classes - c));
        rest += TreeF32.sum(b.lanes);
      }
      b.group.put(0, b.max[0], b.maxExp[0], rest);
    }

    private static void block(RowBufferF32 b, int from, int c, int n) {
      int k = b.first[0] - c;
      boolean inside = k >= 0 && k < n;
      if (inside || n < BLOCK) {
        System.arraycopy(b.x, from, b.e, 0, n);
        Arrays.fill(b.e, n, BLOCK, Float.NEGATIVE_INFINITY);
        if (inside) {
          b.e[k] = Float.NEGATIVE_INFINITY;
        }
        exp(b, b.e, 0, b.e, 0, c, n);
        if (inside) {
          b.e[k] = b.maxExp[0];
        }
        keepLabel(b, b.e, 0, c, n);
        if (b.out != null) {
          System.arraycopy(b.e, 0, b.out, b.outAt + c, n);
        }
      } else {
        float[] e = b.out == null ? b.e : b.out;
        int to = b.out == null ? 0 : b.outAt + c;
        exp(b, b.x, from, e, to, c, n);
        keepLabel(b, e, to, c, n);
      }
    }

    private static void keepLabel(RowBufferF32 b, float[] e, int at, int c, int n) {
      int label = b.label[0] - c;
      if (label >= 0 && label < n) {
        b.group.labelExp[0] = e[at + label];
      }
    }

    /** A block, beside that of the next row. */
    private static void exp(RowBufferF32 b, float[] x, int from, float[] e, int to, int c, int n) {
      // Without a next row, or at the end of it, what is looked at in vain is at hand.
      boolean ahead = b.next >= 0 && n == BLOCK;
      float[] next = ahead ? b.x : x;
      int nextAt = ahead ? b.next + c : from;
      float max = exp(x, from, e, to, b.shift[0], b.origin[0], b.lanes, next, nextAt);
      if (ahead) {
        b.foundInNext(c, max);
      } else if (b.next >= 0) {
        b.foundInNext(c, Max.max(b.x, b.next + c, b.next + c + n));
      }
    }

    private static float exp(
        float[] x,
        int from,
        float[] e,
        int to,
        float shift,
        float origin,
        float[] lanes,
        float[] next,
        int nextAt) {
      FloatVector o = broadcast(F32, origin);
      FloatVector max = broadcast(F32, Float.NEGATIVE_INFINITY);
      for (int lane = 0; lane < LANES; lane += F32.length()) {
        FloatVector sum = zero(F32);
        for (int i = lane; i < BLOCK; i += LANES) {
          FloatVector v = fromArray(F32, next, nextAt + i);
          max = max.blend(v, v.compare(GT, max));
          FloatVector y = ExpF32.expScaled(fromArray(F32, x, from + i).sub(shift), o);
          y.intoArray(e, to + i);
          sum = sum.add(y);
        }
        sum.intoArray(lanes, lane);
      }
      return max.reduceLanes(MAX);
    }
  }
}
