package io.github.surprisal.internal.scan;

import static io.github.surprisal.internal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;

import io.github.surprisal.internal.lane.ExpF64;
import io.github.surprisal.internal.lane.Log1pF64;
import jdk.incubator.vector.DoubleVector;

/** Each loop runs up to a whole vector: what lies beyond is written, and not read. */
final class PrefixPassesF64 {
  private PrefixPassesF64() {}

  /** e = exp(x - shift) 2^-k, k by the origin. */
  static final class Exp implements PrefixPass {
    @Override
    public void run(PrefixSums sums, int from, int to) {
      double[] x = sums.x;
      double[] e = sums.e;
      double shift = sums.shift;
      DoubleVector o = broadcast(F64, sums.origin);
      for (int i = from; i < to; i += F64.length()) {
        ExpF64.expScaled(fromArray(F64, x, i).sub(shift), o).intoArray(e, i);
      }
    }
  }

  /** y = max + log1p(rest / top), or an infinite max. */
  static final class Logarithms implements PrefixPass {
    @Override
    public void run(PrefixSums sums, int from, int to) {
      double[] max = sums.max;
      double[] top = sums.top;
      double[] rest = sums.rest;
      double[] y = sums.y;
      for (int i = from; i < to; i += F64.length()) {
        DoubleVector m = fromArray(F64, max, i);
        DoubleVector r = fromArray(F64, rest, i);
        DoubleVector sum = m.add(Log1pF64.log1pNonNegative(r.div(fromArray(F64, top, i))));
        sum = sum.blend(m, m.abs().compare(EQ, Double.POSITIVE_INFINITY));
        r.blend(sum, r.compare(EQ, r)).intoArray(y, i);
      }
    }
  }

  /** y = y / (top + rest). */
  static final class Quotients implements PrefixPass {
    @Override
    public void run(PrefixSums sums, int from, int to) {
      double[] top = sums.top;
      double[] rest = sums.rest;
      double[] y = sums.y;
      for (int i = from; i < to; i += F64.length()) {
        DoubleVector sum = fromArray(F64, top, i).add(fromArray(F64, rest, i));
        fromArray(F64, y, i).div(sum).intoArray(y, i);
      }
    }
  }
}
