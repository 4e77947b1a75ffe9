package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.github.surprisal.lane.ExpF32;
import io.github.surprisal.lane.TemperatureF32;
import io.github.surprisal.reduction.Indices;
import io.github.surprisal.reduction.TreeF32;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The exponentials of one row of many blocks, and the sum of all but the first maximum's, block
 * after block in double; beside them, the maximum of the next row, so that its logits arrive from
 * memory meanwhile. Exponentials of whole blocks go straight to the gradient's memory; the block of
 * the maximum and the last one pass through a buffer.
 */
final class LongExpF32 implements PassF32 {
  private static final int LANES = TreeF32.LANES;
  private static final int TURNS = TreeF32.turns(F32.length());
  private static final int STEP = TreeF32.step(F32.length());

  /** A loop for itself, run from a list: else C2 may inline some of it elsewhere. */
  private final PassF32[] loop;

  /** A block, where its exponentials go, and what is looked at of the next row. */
  private float[] x;

  private int from;
  private float[] e;
  private int to;
  private float[] next;
  private int nextAt;

  /** The maximum of what was looked at. */
  private float max;

  private LongExpF32(boolean tempered) {
    loop = new PassF32[] {tempered ? new Tempered() : new Plain()};
  }

  /** Of the logits themselves. */
  static LongExpF32 plain() {
    return new LongExpF32(false);
  }

  /** Of the logits over the temperature. */
  static LongExpF32 tempered() {
    return new LongExpF32(true);
  }

  /**
   * The exponentials of the block x[from] to e[to], their sums to the lanes; returns the maximum of
   * the block next[nextAt].
   */
  private float exp(
      RowBufferF32 b, float[] x, int from, float[] e, int to, float[] next, int nextAt) {
    this.x = x;
    this.from = from;
    this.e = e;
    this.to = to;
    this.next = next;
    this.nextAt = nextAt;
    b.run(loop);
    this.x = null;
    this.e = null;
    this.next = null;
    return max;
  }

  @Override
  public void run(RowBufferF32 b) {
    int row = b.at[0];
    b.next.start(b.next.following);
    double rest = 0;
    for (int c = 0; c < b.classes; c = Indices.next(c, BLOCK, b.classes)) {
      block(b, row + c, c, Math.min(BLOCK, b.classes - c));
      rest += TreeF32.sum(b.lanes);
    }
    b.group.put(0, b.max[0], b.maxExp[0], rest);
  }

  private void block(RowBufferF32 b, int from, int c, int n) {
    int k = b.first[0] - c;
    boolean inside = k >= 0 && k < n;
    float shift = b.shift[0];
    boolean staged = inside || n < BLOCK || shift != 0;
    if (staged) {
      System.arraycopy(b.x, from, b.e, 0, n);
      Arrays.fill(b.e, n, BLOCK, Float.NEGATIVE_INFINITY);
      if (inside) {
        b.e[k] = Float.NEGATIVE_INFINITY;
      }
      BufferPassesF32.shifted(b.e, 0, b.e, 0, BLOCK, shift);
    }
    float[] x = staged ? b.e : b.x;
    int at = staged ? 0 : from;
    float[] e = staged || b.out == null ? b.e : b.out;
    int to = e == b.e ? 0 : b.outAt + c;
    lookAhead(b, x, at, e, to, c, n);
    if (inside) {
      b.e[k] = b.maxExp[0];
    }
    int label = b.label[0] - c;
    if (label >= 0 && label < n) {
      b.group.labelExp[0] = e[to + label];
    }
    if (staged && b.out != null) {
      System.arraycopy(b.e, 0, b.out, b.outAt + c, n);
    }
    b.block = c;
    b.blockLength = n;
    b.run(b.beside);
  }

  /** The exponentials of a block, beside that of the next row; of fewer than BLOCK, filled up. */
  private void lookAhead(RowBufferF32 b, float[] x, int from, float[] e, int to, int c, int n) {
    // Without a next row, or at the end of it, what is looked at in vain is at hand.
    boolean ahead = b.next.at >= 0 && n == BLOCK;
    float max = exp(b, x, from, e, to, ahead ? b.x : x, ahead ? b.next.at + c : from);
    if (ahead) {
      b.next.found(c, max);
    } else if (b.next.at >= 0) {
      b.next.found(c, LongPassesF32.Max.max(b.x, b.next.at + c, b.next.at + c + n));
    }
  }

  /** The exponentials of a whole block of capped logits, which are not those in memory. */
  static final class Capped implements PassF32 {
    private final LongExpF32 exp = tempered();

    @Override
    public void run(RowBufferF32 b) {
      BufferPassesF32.shifted(b.e, 0, b.e, 0, BLOCK, b.shift[0]);
      exp.lookAhead(b, b.e, 0, b.e, 0, b.block, b.blockLength);
    }
  }

  private final class Plain implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      max = exp(x, from, e, to, b.origin[0], b.lanes, next, nextAt);
    }

    private static float exp(
        float[] x,
        int from,
        float[] e,
        int to,
        float origin,
        float[] lanes,
        float[] next,
        int nextAt) {
      FloatVector o = broadcast(F32, origin);
      FloatVector max = broadcast(F32, Float.NEGATIVE_INFINITY);
      for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
        FloatVector a = zero(F32);
        FloatVector b = a;
        for (int i = lane; i < BLOCK; i += STEP) {
          FloatVector v = fromArray(F32, next, nextAt + i);
          max = max.blend(v, v.compare(GT, max));
          FloatVector y = ExpF32.expScaled(fromArray(F32, x, from + i), o);
          y.intoArray(e, to + i);
          FloatVector sum = a.add(y);
          a = TURNS == 2 ? b : sum;
          b = sum;
        }
        a.intoArray(lanes, lane);
        if (TURNS == 2) {
          b.intoArray(lanes, F32.length());
        }
      }
      return max.reduceLanes(MAX);
    }
  }

  private final class Tempered implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      max = exp(x, from, e, to, b.origin[0], b.temperature, b.lanes, next, nextAt);
    }

    private static float exp(
        float[] x,
        int from,
        float[] e,
        int to,
        float origin,
        TemperatureF32 t,
        float[] lanes,
        float[] next,
        int nextAt) {
      FloatVector o = broadcast(F32, origin);
      FloatVector max = broadcast(F32, Float.NEGATIVE_INFINITY);
      float log2e = t.log2e;
      float high = t.high;
      float low = t.low;
      float inverse = t.inverse;
      for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
        FloatVector a = zero(F32);
        FloatVector b = a;
        for (int i = lane; i < BLOCK; i += STEP) {
          FloatVector v = fromArray(F32, next, nextAt + i);
          max = max.blend(v, v.compare(GT, max));
          FloatVector d = fromArray(F32, x, from + i);
          FloatVector y = ExpF32.expScaled(d, o, log2e, high, low, inverse);
          y.intoArray(e, to + i);
          FloatVector sum = a.add(y);
          a = TURNS == 2 ? b : sum;
          b = sum;
        }
        a.intoArray(lanes, lane);
        if (TURNS == 2) {
          b.intoArray(lanes, F32.length());
        }
      }
      return max.reduceLanes(MAX);
    }
  }
}
