package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.github.surprisal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;

/**
 * The maximum of each row, NaN left out, and where label smoothing needs it, from the same look at
 * the row, its spread as {@link SpreadF32} takes it from the sum, bit for bit.
 */
final class StagedMaxF32 implements PassF32 {
  private static final int LANES = TreeF32.LANES;
  private static final int TURNS = TreeF32.turns(F32.length());
  private static final int STEP = TreeF32.step(F32.length());

  private final PassF32[] max = {new Max()};
  private final PassF32[] maxAndSpread = {new MaxAndSpread()};

  @Override
  public void run(RowBufferF32 b) {
    b.run(b.spreads ? maxAndSpread : max);
  }

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

  static final class MaxAndSpread implements PassF32 {
    private final float[] lanes = new float[LANES];

    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        b.group.spread[r] = maxAndSpread(b, r, r * b.pitch);
      }
    }

    /** The spread of row r, or NaN; stores the maximum. */
    private double maxAndSpread(RowBufferF32 b, int r, int from) {
      int whole = b.classes & -2 * LANES;
      float max = maxAndSum(b.staged, from, whole, lanes);
      double others = 0;
      for (int i = from + whole; i < from + b.classes; i++) {
        float v = b.staged[i];
        max = v > max ? v : max;
        others += v;
      }
      b.max[r] = max;
      return SpreadF32.ofSum(TreeF32.sum(lanes) + others, b.classes, max);
    }

    /** The same of n elements, a multiple of 32, and in the lanes the sum of pairs of them. */
    private static float maxAndSum(float[] x, int from, int n, float[] lanes) {
      int half = n / 2;
      FloatVector a = broadcast(F32, Float.NEGATIVE_INFINITY);
      FloatVector b = a;
      for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
        FloatVector s = zero(F32);
        FloatVector t = s;
        for (int i = lane; i < half; i += STEP) {
          FloatVector v = fromArray(F32, x, from + i);
          FloatVector w = fromArray(F32, x, from + half + i);
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
