package io.github.surprisal.internal.reduction;

import static io.github.surprisal.internal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/**
 * Knuth's exact addition, lane by lane:
 *
 * <pre>
 *   s = high + v,  b = s - high,  e = (high - (s - b)) + (v - b)     s + e = high + v exactly
 * </pre>
 */
final class TwoSumF64 implements TwoSum {
  @Override
  public void add(double[] values, int n, double[] high, double[] low) {
    for (int lane = 0; lane < ExactSum.LANES; lane += F64.length()) {
      DoubleVector h = fromArray(F64, high, lane);
      DoubleVector l = fromArray(F64, low, lane);
      for (int i = lane; i < n; i += ExactSum.LANES) {
        DoubleVector v = fromArray(F64, values, i);
        DoubleVector s = h.add(v);
        DoubleVector b = s.sub(h);
        l = l.add(h.sub(s.sub(b)).add(v.sub(b)));
        h = s;
      }
      h.intoArray(high, lane);
      l.intoArray(low, lane);
    }
  }
}
