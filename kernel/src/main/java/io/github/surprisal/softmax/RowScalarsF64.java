package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import io.github.surprisal.lane.Log1pF64;
import jdk.incubator.vector.DoubleVector;

/** One row a lane. */
final class RowScalarsF64 implements RowScalars {
  @Override
  public void normalise(double[] e, double[] rest, double[] logRest, double[] inverse, int n) {
    for (int i = 0; i < n; i += F64.length()) {
      DoubleVector r = fromArray(F64, rest, i);
      DoubleVector k = fromArray(F64, e, i);
      Log1pF64.log1p(r.div(k)).intoArray(logRest, i);
      broadcast(F64, 1.0).div(k.add(r)).intoArray(inverse, i);
    }
  }
}
