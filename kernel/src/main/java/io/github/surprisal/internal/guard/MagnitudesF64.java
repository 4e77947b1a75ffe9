package io.github.surprisal.internal.guard;

import static io.github.surprisal.internal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.fromArray;

import io.github.surprisal.internal.reduction.TreeF64;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Sum of the magnitudes of a block of float64, in 16 virtual lanes.
 *
 * <p>The sum may overflow: who calls looks at it.
 */
final class MagnitudesF64 {
  private static final int LENGTH = F64.length();

  /** Accumulators that take turns, so that memory is read once, in order; else lane by lane. */
  private static final int TURNS = LENGTH * 4 >= TreeF64.LANES ? TreeF64.LANES / LENGTH : 1;

  private static final int STEP = TURNS > 1 ? LENGTH : TreeF64.LANES;

  private MagnitudesF64() {}

  static double sum(double[] x, int from, int to, double[] lanes) {
    Arrays.fill(lanes, 0);
    int whole = to - ((to - from) & (TreeF64.LANES - 1));
    for (int lane = 0; whole > from && lane < TreeF64.LANES; lane += TURNS * LENGTH) {
      add(x, from + lane, whole, lanes, lane);
    }
    for (int i = whole; i < to; i++) {
      double v = x[i];
      lanes[i - whole] += Math.abs(v);
    }
    return TreeF64.sum(lanes);
  }

  /** All lanes begin at 0. */
  private static void add(double[] x, int from, int to, double[] lanes, int lane) {
    DoubleVector s0 = fromArray(F64, lanes, lane);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    for (int i = from; i < to; i += STEP) {
      DoubleVector v = fromArray(F64, x, i);
      DoubleVector s = s0.add(v.abs());
      s0 = TURNS == 1 ? s : s1;
      s1 = TURNS == 2 ? s : s2;
      s2 = s3;
      s3 = s;
    }
    s0.intoArray(lanes, lane);
    if (TURNS > 1) {
      s1.intoArray(lanes, LENGTH);
    }
    if (TURNS > 2) {
      s2.intoArray(lanes, 2 * LENGTH);
      s3.intoArray(lanes, 3 * LENGTH);
    }
  }
}
