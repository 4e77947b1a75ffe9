package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;

import io.github.surprisal.lane.ExpF32;
import io.github.surprisal.lane.TemperatureF32;
import io.github.surprisal.reduction.TreeF32;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The exponentials exp(x - shift) 2^-k of rows in a buffer, k by the row's origin, and their sums
 * in the lanes; beside each whole strip of 16, a line of memory is touched that will be needed
 * next.
 */
final class StagedExpF32 {
  private static final int LANES = TreeF32.LANES;
  private static final int TURNS = TreeF32.turns(F32.length());

  private StagedExpF32() {}

  /**
   * The exponentials of the logits themselves. One of two loops, each of which has to be compiled
   * alone: both in one method were beyond C2, and took three times as long.
   */
  static final class Plain implements PassF32 {
    private final PassF32[] near = {new Near()};
    private final PassF32[] far = {new Far()};

    @Override
    public void run(RowBufferF32 b) {
      b.run(b.ahead.looks() ? far : near);
    }
  }

  /** Those of rows beside which there is something to touch. */
  static final class Far implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      LookAheadF32 a = b.ahead;
      Arrays.fill(b.lanes, 0, b.rows * LANES, 0);
      for (int r = 0; r < b.rows; r++) {
        int from = r * b.pitch;
        float[] x = BufferPassesF32.shifted(b.staged, from, b.e, from, b.pitch, b.shift[r]);
        for (int i = 0, n = a.whole; i < b.pitch; i += n, n = LANES) {
          float[] going = a.goingBeside(i);
          exp(b, r, x, from + i, n, a.comingBeside(i), a.comingAt(r, i), going, a.goingAt(r, i));
        }
      }
    }

    private static void exp(
        RowBufferF32 b,
        int r,
        float[] x,
        int from,
        int n,
        float[] coming,
        int comingAt,
        float[] going,
        int goingAt) {
      FloatVector o = broadcast(F32, b.origin[r]);
      float[] e = b.e;
      float[] unread = b.ahead.unread;
      float[] lanes = b.lanes;
      int at = r * LANES;
      for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
        FloatVector s = fromArray(F32, lanes, at + lane);
        FloatVector t = fromArray(F32, lanes, at + LANES - F32.length());
        for (int i = lane; i < n; i += LANES) {
          fromArray(F32, coming, comingAt + i).intoArray(unread, i);
          FloatVector y = ExpF32.expScaled(fromArray(F32, x, from + i), o);
          y.intoArray(e, from + i);
          y.intoArray(going, goingAt + i);
          s = s.add(y);
          if (TURNS == 2) {
            int j = from + i + F32.length();
            FloatVector z = ExpF32.expScaled(fromArray(F32, x, j), o);
            z.intoArray(e, j);
            t = t.add(z);
          }
        }
        s.intoArray(lanes, at + lane);
        if (TURNS == 2) {
          t.intoArray(lanes, at + F32.length());
        }
      }
    }
  }

  /** The same where there is nothing to touch: half of the work before a row's first round. */
  static final class Near implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      for (int r = 0; r < b.rows; r++) {
        int from = r * b.pitch;
        float[] x = BufferPassesF32.shifted(b.staged, from, b.e, from, b.pitch, b.shift[r]);
        exp(x, b.e, from, b.pitch, b.origin[r], b.lanes, r * LANES);
      }
    }

    private static void exp(
        float[] x, float[] e, int from, int n, float origin, float[] lanes, int at) {
      FloatVector o = broadcast(F32, origin);
      for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
        FloatVector s = zero(F32);
        FloatVector t = s;
        for (int i = from + lane; i < from + n; i += LANES) {
          FloatVector y = ExpF32.expScaled(fromArray(F32, x, i), o);
          y.intoArray(e, i);
          s = s.add(y);
          if (TURNS == 2) {
            int j = i + F32.length();
            FloatVector z = ExpF32.expScaled(fromArray(F32, x, j), o);
            z.intoArray(e, j);
            t = t.add(z);
          }
        }
        s.intoArray(lanes, at + lane);
        if (TURNS == 2) {
          t.intoArray(lanes, at + F32.length());
        }
      }
    }
  }

  /** Those of the logits over the temperature. */
  static final class Tempered implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      LookAheadF32 a = b.ahead;
      Arrays.fill(b.lanes, 0, b.rows * LANES, 0);
      for (int r = 0; r < b.rows; r++) {
        int from = r * b.pitch;
        float[] x = BufferPassesF32.shifted(b.staged, from, b.e, from, b.pitch, b.shift[r]);
        for (int i = 0, n = a.whole; i < b.pitch; i += n, n = LANES) {
          float[] going = a.goingBeside(i);
          float[] coming = a.comingBeside(i);
          int goingAt = a.goingAt(r, i);
          TemperatureF32 d = b.temperature;
          exp(
              b,
              r,
              x,
              from + i,
              n,
              coming,
              a.comingAt(r, i),
              going,
              goingAt,
              d.log2e,
              d.high,
              d.low,
              d.inverse);
        }
      }
    }

    private static void exp(
        RowBufferF32 b,
        int r,
        float[] x,
        int from,
        int n,
        float[] coming,
        int comingAt,
        float[] going,
        int goingAt,
        float log2e,
        float high,
        float low,
        float inverse) {
      FloatVector o = broadcast(F32, b.origin[r]);
      float[] e = b.e;
      float[] unread = b.ahead.unread;
      float[] lanes = b.lanes;
      int at = r * LANES;
      for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
        FloatVector s = fromArray(F32, lanes, at + lane);
        FloatVector t = fromArray(F32, lanes, at + LANES - F32.length());
        for (int i = lane; i < n; i += LANES) {
          fromArray(F32, coming, comingAt + i).intoArray(unread, i);
          FloatVector v = fromArray(F32, x, from + i);
          FloatVector y = ExpF32.expScaled(v, o, log2e, high, low, inverse);
          y.intoArray(e, from + i);
          y.intoArray(going, goingAt + i);
          s = s.add(y);
          if (TURNS == 2) {
            int j = from + i + F32.length();
            FloatVector z = ExpF32.expScaled(fromArray(F32, x, j), o, log2e, high, low, inverse);
            z.intoArray(e, j);
            t = t.add(z);
          }
        }
        s.intoArray(lanes, at + lane);
        if (TURNS == 2) {
          t.intoArray(lanes, at + F32.length());
        }
      }
    }
  }
}
