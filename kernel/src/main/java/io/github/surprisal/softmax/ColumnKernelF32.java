package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.surprisal.lane.ExpF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The passes: one row a lane. */
final class ColumnKernelF32 implements ColumnPassesF32 {
  private static final int PITCH = RowGroup.CAPACITY;
  private static final int LANES = 16;

  @Override
  public void max(float[] e, int rows, int classes, float[] max, float[] first) {
    for (int r = 0; r < rows; r += F32.length()) {
      FloatVector m = broadcast(F32, Float.NEGATIVE_INFINITY);
      FloatVector k = zero(F32);
      for (int c = 0; c < classes; c++) {
        float index = c;
        FloatVector v = fromArray(F32, e, c * PITCH + r);
        VectorMask<Float> above = v.compare(GT, m);
        m = m.blend(v, above);
        k = k.blend(index, above);
      }
      m.intoArray(max, r);
      k.intoArray(first, r);
    }
  }

  @Override
  public void exp(float[] e, int rows, int classes, float[] shift, float[] origin) {
    for (int c = 0; c < classes; c++) {
      for (int r = 0; r < rows; r += F32.length()) {
        FloatVector x = fromArray(F32, e, c * PITCH + r).sub(fromArray(F32, shift, r));
        ExpF32.expScaled(x, fromArray(F32, origin, r)).intoArray(e, c * PITCH + r);
      }
    }
  }

  @Override
  public void sum(float[] e, int rows, int classes, float[] lanes, float[] sum) {
    int filled = Math.min(classes, LANES);
    System.arraycopy(e, 0, lanes, 0, filled * PITCH);
    for (int c = LANES; c < classes; c++) {
      add(e, c, lanes, c % LANES, rows);
    }
    for (int step = LANES / 2; step > 0; step /= 2) {
      for (int lane = step; lane < filled; lane++) {
        add(lanes, lane, lanes, lane - step, rows);
      }
      filled = Math.min(filled, step);
    }
    System.arraycopy(lanes, 0, sum, 0, PITCH);
  }

  private static void add(float[] e, int column, float[] lanes, int lane, int rows) {
    for (int r = 0; r < rows; r += F32.length()) {
      fromArray(F32, lanes, lane * PITCH + r)
          .add(fromArray(F32, e, column * PITCH + r))
          .intoArray(lanes, lane * PITCH + r);
    }
  }
}
