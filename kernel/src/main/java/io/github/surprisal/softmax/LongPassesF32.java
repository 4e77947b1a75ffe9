package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.github.surprisal.reduction.Indices;
import io.github.surprisal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;

/** Passes over one row of many blocks. */
final class LongPassesF32 {
  private static final int LANES = TreeF32.LANES;

  private LongPassesF32() {}

  /** From the logits to exponentials and rest. */
  static PassF32[] list(PassF32 afterMax, PassF32 exp) {
    return new PassF32[] {
      new Max(), afterMax, new ScalePassF32(), exp, new RowScalarsF32.LogRest()
    };
  }

  /** From the logits of one row after the other to exponentials and rest. */
  static PassF32[] list(PassF32 exp) {
    return new PassF32[] {new Max(), new ScalePassF32(), exp, new RowScalarsF32.LogRest()};
  }

  /** The maximum of prepared logits, and what follows from it. */
  static PassF32[] preparedMaxList(PassF32 afterMax) {
    return new PassF32[] {new PreparedMax(), afterMax, new ScalePassF32()};
  }

  /** What follows from the sum of prepared logits. */
  static PassF32[] preparedSumList() {
    return new PassF32[] {new PreparedLongRowsF32.Store(), new RowScalarsF32.LogRest()};
  }

  /** The maximum of the allowed logits, capped, and its first class. */
  static final class PreparedMax implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      if (!b.prepared.forbids()) {
        Max.find(b);
      } else {
        b.next.start(b.at[0]);
        for (int c = 0; c < b.classes; c = Indices.next(c, BLOCK, b.classes)) {
          int n = Math.min(BLOCK, b.classes - c);
          stage(b, c, n);
          b.next.found(c, Max.max(b.e, 0, n));
        }
      }
      int first = 0;
      stage(b, b.next.block, Math.min(BLOCK, b.classes - b.next.block));
      while (first < BLOCK - 1 && b.e[first] != b.next.max) {
        first++;
      }
      b.first[0] = Math.min(b.next.block + first, b.classes - 1);
      b.e[0] = b.next.max;
      b.cap(LANES);
      b.max[0] = b.e[0];
    }

    private static void stage(RowBufferF32 b, int c, int n) {
      System.arraycopy(b.x, b.at[0] + c, b.e, 0, n);
      b.prepared.forbid(b.group.row[0], c, n, b.e, 0);
    }
  }

  /** The maximum of the row, NaN left out, and its first class. */
  static final class Max implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      find(b);
      float max = b.next.max;
      int first = b.next.block;
      while (first < b.classes - 1 && b.x[b.at[0] + first] != max) {
        first++;
      }
      b.max[0] = max;
      b.first[0] = first;
    }

    /** The maximum, unless it was found beside the row before. */
    private static void find(RowBufferF32 b) {
      if (b.next.at != b.at[0]) {
        b.next.start(b.at[0]);
        for (int c = 0; c < b.classes; c = Indices.next(c, BLOCK, b.classes)) {
          b.next.found(c, max(b.x, b.at[0] + c, b.at[0] + Indices.next(c, BLOCK, b.classes)));
        }
      }
    }

    static float max(float[] x, int from, int to) {
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
}
