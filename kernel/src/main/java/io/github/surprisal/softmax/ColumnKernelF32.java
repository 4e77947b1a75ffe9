package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.surprisal.lane.ExpF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The passes, across rows: one row a lane. */
final class ColumnKernelF32 implements ColumnPassesF32 {
  private static final int PITCH = RowGroup.CAPACITY;
  private static final int LANES = 16;

  @Override
  public void max(float[] x, int rows, int classes, float[] max, float[] first) {
    for (int r = 0; r < rows; r += F32.length()) {
      FloatVector m = broadcast(F32, Float.NEGATIVE_INFINITY);
      FloatVector k = zero(F32);
      for (int c = 0; c < classes; c++) {
        float index = c;
        FloatVector v = fromArray(F32, x, c * PITCH + r);
        VectorMask<Float> above = v.compare(GT, m);
        m = m.blend(v, above);
        k = k.blend(index, above);
      }
      m.intoArray(max, r);
      k.intoArray(first, r);
    }
  }

  @Override
  public void exp(float[] x, int rows, int classes, float[] max, float[] first, float[] lanes) {
    for (int r = 0; r < rows; r += F32.length()) {
      FloatVector m = fromArray(F32, max, r);
      FloatVector shift = ExpF32.shift(m);
      FloatVector origin = ExpF32.origin(m.sub(shift));
      FloatVector k = fromArray(F32, first, r);
      for (int c = 0; c < classes; c++) {
        float index = c;
        int lane = (c % LANES) * PITCH + r;
        FloatVector e = ExpF32.expScaled(fromArray(F32, x, c * PITCH + r).sub(shift), origin);
        e.intoArray(x, c * PITCH + r);
        FloatVector other = e.blend(0f, k.compare(EQ, index));
        fromArray(F32, lanes, lane).add(other).intoArray(lanes, lane);
      }
    }
  }

  @Override
  public void sum(float[] lanes, int rows, float[] sum) {
    for (int width = LANES / 2; width > 0; width /= 2) {
      for (int lane = 0; lane < width; lane++) {
        for (int r = 0; r < rows; r += F32.length()) {
          int at = lane * PITCH + r;
          fromArray(F32, lanes, at)
              .add(fromArray(F32, lanes, at + width * PITCH))
              .intoArray(lanes, at);
        }
      }
    }
    System.arraycopy(lanes, 0, sum, 0, PITCH);
  }

  @Override
  public void gradient(float[] x, int rows, int classes, float[] slope, float[] uniform) {
    for (int c = 0; c < classes; c++) {
      for (int r = 0; r < rows; r += F32.length()) {
        int at = c * PITCH + r;
        fromArray(F32, x, at)
            .fma(fromArray(F32, slope, r), fromArray(F32, uniform, r))
            .intoArray(x, at);
      }
    }
  }
}
