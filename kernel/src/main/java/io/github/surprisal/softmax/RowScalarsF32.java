package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import io.github.surprisal.lane.LogQuotientF64;
import jdk.incubator.vector.DoubleVector;

/** Passes over the row scalars of a group, in double, one row a lane. */
final class RowScalarsF32 {
  private RowScalarsF32() {}

  /** 1 / (e_k + rest), and log1p(rest / e_k). */
  static final class LogRest implements PassF32 {
    @Override
    public void run(RowBufferF32 b) {
      RowGroup g = b.group;
      for (int r = 0; r < g.size; r += F64.length()) {
        DoubleVector e = fromArray(F64, g.maxExp, r);
        DoubleVector rest = fromArray(F64, g.rest, r);
        DoubleVector inverse = broadcast(F64, 1.0).div(e.add(rest));
        inverse.intoArray(g.inverse, r);
        LogQuotientF64.log1p(rest, e, inverse).intoArray(g.logRest, r);
      }
    }
  }
}
