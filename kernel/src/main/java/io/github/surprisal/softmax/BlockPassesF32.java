package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;

import io.github.surprisal.lane.ExpF32;
import io.github.surprisal.lane.TemperatureF32;
import io.github.surprisal.reduction.Indices;
import io.github.surprisal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;

/**
 * Passes over one row of many blocks that keep none of its exponentials: they are computed once for
 * their sum and again, a block at a time, where they are used.
 */
final class BlockPassesF32 {
  private static final int LANES = TreeF32.LANES;
  private static final int TURNS = TreeF32.turns(F32.length());
  private static final int STEP = TreeF32.step(F32.length());

  private BlockPassesF32() {}

  /** From the logits of allowed classes to rest. */
  static PassF32[] allowedList() {
    return new PassF32[] {
      new LongPassesF32.PreparedMax(),
      new ScalePassF32(),
      new RestSum(),
      new RowScalarsF32.LogRest()
    };
  }

  /** The exponentials of the block that is seen. */
  static PassF32[] expList() {
    return new PassF32[] {new Exp()};
  }

  /** The sum of the exponentials of all logits but the first maximum. */
  static final class RestSum implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      TemperatureF32 t = b.temperature;
      double rest = 0;
      for (int c = 0; c < b.classes; c = Indices.next(c, BLOCK, b.classes)) {
        int n = Math.min(BLOCK, b.classes - c);
        b.see(c, n, true);
        int padded = TreeF32.padded(n);
        float[] x = BufferPassesF32.shifted(b.seen, b.seenAt, b.e, 0, padded, b.shift[0]);
        sum(x, x == b.e ? 0 : b.seenAt, padded, b.origin[0], t, b.lanes);
        rest += TreeF32.sum(b.lanes);
      }
      b.group.put(0, b.max[0], b.maxExp[0], rest);
      b.group.first[0] = b.first[0];
    }

    private static void sum(
        float[] x, int from, int n, float origin, TemperatureF32 t, float[] lanes) {
      FloatVector o = broadcast(F32, origin);
      float log2e = t.log2e;
      float high = t.high;
      float low = t.low;
      float inverse = t.inverse;
      for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
        FloatVector a = zero(F32);
        FloatVector b = a;
        for (int i = lane; i < n; i += STEP) {
          FloatVector v = fromArray(F32, x, from + i);
          FloatVector sum = a.add(ExpF32.expScaled(v, o, log2e, high, low, inverse));
          a = TURNS == 2 ? b : sum;
          b = sum;
        }
        a.intoArray(lanes, lane);
        if (TURNS == 2) {
          b.intoArray(lanes, F32.length());
        }
      }
    }
  }

  /** The exponentials of the block that is seen, into e. */
  static final class Exp implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      int n = TreeF32.padded(b.blockLength);
      float[] x = BufferPassesF32.shifted(b.seen, b.seenAt, b.e, 0, n, b.shift[0]);
      exp(x, x == b.e ? 0 : b.seenAt, b.e, n, b.origin[0], b.temperature);
    }

    private static void exp(float[] x, int from, float[] e, int n, float origin, TemperatureF32 t) {
      FloatVector o = broadcast(F32, origin);
      float log2e = t.log2e;
      float high = t.high;
      float low = t.low;
      float inverse = t.inverse;
      for (int i = 0; i < n; i += F32.length()) {
        FloatVector v = fromArray(F32, x, from + i);
        ExpF32.expScaled(v, o, log2e, high, low, inverse).intoArray(e, i);
      }
    }
  }
}
