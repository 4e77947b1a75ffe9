package io.github.surprisal.internal.softmax.formula;

import static io.github.surprisal.internal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import io.github.surprisal.internal.lane.LogQuotientF64;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;
import jdk.incubator.vector.DoubleVector;

/** 1 / (e_k + rest), and log1p(rest / e_k), one row a lane. */
public final class LogRestF64 implements LogRest {
  /** Over vectors. */
  public LogRestF64() {}

  @Override
  public void run(int rows, SoftmaxScalars s) {
    for (int r = 0; r < rows; r += F64.length()) {
      DoubleVector e = fromArray(F64, s.maxExp, r);
      DoubleVector rest = fromArray(F64, s.rest, r);
      DoubleVector inverse = broadcast(F64, 1.0).div(e.add(rest));
      inverse.intoArray(s.inverse, r);
      LogQuotientF64.log1p(rest, e, inverse).intoArray(s.logRest, r);
    }
  }
}
