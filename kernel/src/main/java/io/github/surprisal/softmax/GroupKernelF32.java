package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.surprisal.lane.ExpF32;
import jdk.incubator.vector.FloatVector;

/**
 * The passes. A sum visits the virtual lanes a vector at a time, so that its order is the same at
 * every width. Trees run flat over the lanes of all rows: lane i takes in lane i + step, and of what
 * that leaves only lane 0 of each row is read.
 */
final class GroupKernelF32 implements GroupPassesF32 {
  private static final int LANES = 16;
  private static final float[] INDEX = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

  @Override
  public void stage(float[] x, int from, int stride, float[] e, int at, int pitch, int n, int rows) {
    FloatVector index = fromArray(F32, INDEX, 0);
    for (int r = 0; r < rows; r++) {
      int row = from + r * stride;
      int to = at + r * pitch;
      int i = 0;
      for (; i <= n - F32.length(); i += F32.length()) {
        fromArray(F32, x, row + i).intoArray(e, to + i);
      }
      for (; i < pitch; i += F32.length()) {
        float left = n - i;
        fromArray(F32, x, row + i)
            .blend(Float.NEGATIVE_INFINITY, index.compare(GE, left))
            .intoArray(e, to + i);
      }
    }
  }

  @Override
  public void max(float[] e, int pitch, int rows, float[] lanes, float[] max) {
    for (int r = 0; r < rows; r++) {
      for (int lane = 0; lane < LANES; lane += F32.length()) {
        FloatVector m = broadcast(F32, Float.NEGATIVE_INFINITY);
        for (int i = lane; i < pitch; i += LANES) {
          FloatVector v = fromArray(F32, e, r * pitch + i);
          m = m.blend(v, v.compare(GT, m));
        }
        m.intoArray(lanes, r * LANES + lane);
      }
    }
    for (int step = LANES / 2; step > 0; step /= 2) {
      for (int i = 0; i < rows * LANES; i += F32.length()) {
        FloatVector m = fromArray(F32, lanes, i);
        FloatVector v = fromArray(F32, lanes, i + step);
        m.blend(v, v.compare(GT, m)).intoArray(lanes, i);
      }
    }
    for (int r = 0; r < rows; r++) {
      max[r] = lanes[r * LANES];
    }
  }

  @Override
  public void scale(float[] max, int rows, float[] shift, float[] origin, float[] maxExp) {
    for (int r = 0; r < rows; r += F32.length()) {
      FloatVector m = fromArray(F32, max, r);
      FloatVector s = ExpF32.shift(m);
      FloatVector o = ExpF32.origin(m.sub(s));
      s.intoArray(shift, r);
      o.intoArray(origin, r);
      ExpF32.expScaled(m.sub(s), o).intoArray(maxExp, r);
    }
  }

  @Override
  public void exp(float[] e, int pitch, int rows, float[] shift, float[] origin, float[] lanes) {
    for (int r = 0; r < rows; r++) {
      FloatVector s = broadcast(F32, shift[r]);
      FloatVector o = broadcast(F32, origin[r]);
      for (int lane = 0; lane < LANES; lane += F32.length()) {
        FloatVector sum = zero(F32);
        for (int i = r * pitch + lane; i < (r + 1) * pitch; i += LANES) {
          FloatVector y = ExpF32.expScaled(fromArray(F32, e, i).sub(s), o);
          y.intoArray(e, i);
          sum = sum.add(y);
        }
        sum.intoArray(lanes, r * LANES + lane);
      }
    }
  }

  @Override
  public void sum(float[] lanes, int rows, float[] sum) {
    for (int step = LANES / 2; step > 0; step /= 2) {
      for (int i = 0; i < rows * LANES; i += F32.length()) {
        fromArray(F32, lanes, i).add(fromArray(F32, lanes, i + step)).intoArray(lanes, i);
      }
    }
    for (int r = 0; r < rows; r++) {
      sum[r] = lanes[r * LANES];
    }
  }

  @Override
  public void gradient(
      float[] e, int pitch, float[] g, int to, int n, int rows, float[] slope, float[] uniform) {
    for (int r = 0; r < rows; r++) {
      FloatVector a = broadcast(F32, slope[r]);
      FloatVector b = broadcast(F32, -uniform[r]);
      for (int i = 0; i < n; i += F32.length()) {
        fromArray(F32, e, r * pitch + i).fma(a, b).intoArray(g, to + r * n + i);
      }
    }
  }
}
