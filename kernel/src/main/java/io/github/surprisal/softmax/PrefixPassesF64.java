package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;

import io.github.surprisal.lane.ExpF64;
import io.github.surprisal.lane.Log1pF64;
import jdk.incubator.vector.DoubleVector;

/** Each loop runs up to a whole vector: what lies beyond is written, and not read. */
final class PrefixPassesF64 implements PrefixPasses {
  @Override
  public void exp(double[] x, int from, int to, double shift, double origin, double[] e) {
    DoubleVector o = broadcast(F64, origin);
    for (int i = from; i < to; i += F64.length()) {
      ExpF64.expScaled(fromArray(F64, x, i).sub(shift), o).intoArray(e, i);
    }
  }

  @Override
  public void logarithms(double[] max, double[] top, double[] rest, int n, double[] y) {
    for (int i = 0; i < n; i += F64.length()) {
      DoubleVector m = fromArray(F64, max, i);
      DoubleVector r = fromArray(F64, rest, i);
      DoubleVector sum = m.add(Log1pF64.log1pNonNegative(r.div(fromArray(F64, top, i))));
      sum = sum.blend(m, m.abs().compare(EQ, Double.POSITIVE_INFINITY));
      r.blend(sum, r.compare(EQ, r)).intoArray(y, i);
    }
  }

  @Override
  public void quotients(double[] u, double[] top, double[] rest, int n, double[] q) {
    for (int i = 0; i < n; i += F64.length()) {
      DoubleVector sum = fromArray(F64, top, i).add(fromArray(F64, rest, i));
      fromArray(F64, u, i).div(sum).intoArray(q, i);
    }
  }
}
