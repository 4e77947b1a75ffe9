package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import io.github.surprisal.lane.Log1pF64;
import jdk.incubator.vector.DoubleVector;

/** Passes over the row scalars of a group, in double, one row a lane. */
final class RowScalarsF32 {
  private RowScalarsF32() {}

  /** rest / e_k, and 1 / (e_k + rest). */
  static final class Quotients implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      RowGroup g = b.group;
      for (int r = 0; r < g.size; r += F64.length()) {
        DoubleVector e = fromArray(F64, g.maxExp, r);
        DoubleVector rest = fromArray(F64, g.rest, r);
        rest.div(e).intoArray(g.logRest, r);
        broadcast(F64, 1.0).div(e.add(rest)).intoArray(g.inverse, r);
      }
    }
  }

  /** log1p(rest / e_k). */
  static final class LogRest implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      double[] x = b.group.logRest;
      for (int r = 0; r < b.group.size; r += F64.length()) {
        Log1pF64.log1pNonNegative(fromArray(F64, x, r)).intoArray(x, r);
      }
    }
  }
}
