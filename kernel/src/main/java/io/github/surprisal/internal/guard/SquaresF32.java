package io.github.surprisal.internal.guard;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.lane.Species.F64;
import static jdk.incubator.vector.VectorOperators.F2D;

import io.github.surprisal.internal.reduction.TreeF64;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * Sum of the squares of a block of float32, in double, in 16 virtual lanes.
 *
 * <p>Squares of float32 are exact in double, neither overflow nor underflow, and their sum is
 * finite exactly where all elements are.
 */
final class SquaresF32 {
  private static final int LENGTH = F32.length();

  /** Where the second half of a vector begins; one-lane vectors have none. */
  private static final int SECOND = LENGTH - F64.length();

  /** Two vectors that hold the 16 lanes take turns, so that memory is read once, in order. */
  private static final int TURNS = TreeF64.turns(LENGTH);

  private static final int STEP = TreeF64.step(LENGTH);

  private SquaresF32() {}

  static double sum(float[] x, int from, int to, double[] lanes) {
    Arrays.fill(lanes, 0);
    int whole = to - ((to - from) & (TreeF64.LANES - 1));
    for (int lane = 0; whole > from && lane < TreeF64.LANES; lane += TURNS * LENGTH) {
      add(x, from + lane, whole, lanes, lane);
    }
    for (int i = whole; i < to; i++) {
      double v = x[i];
      lanes[i - whole] = Math.fma(v, v, lanes[i - whole]);
    }
    return TreeF64.sum(lanes);
  }

  /** All lanes begin at 0. */
  private static void add(float[] x, int from, int to, double[] lanes, int lane) {
    DoubleVector s0 = DoubleVector.fromArray(F64, lanes, lane);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    for (int i = from; i < to; i += STEP) {
      FloatVector v = FloatVector.fromArray(F32, x, i);
      DoubleVector a = (DoubleVector) v.convert(F2D, 0);
      a = a.fma(a, s0);
      s0 = TURNS == 2 ? s2 : a;
      s2 = a;
      if (SECOND > 0) {
        DoubleVector b = (DoubleVector) v.convert(F2D, 1);
        b = b.fma(b, s1);
        s1 = TURNS == 2 ? s3 : b;
        s3 = b;
      }
    }
    s0.intoArray(lanes, lane);
    if (SECOND > 0) {
      s1.intoArray(lanes, lane + SECOND);
    }
    if (TURNS == 2) {
      s2.intoArray(lanes, LENGTH);
      s3.intoArray(lanes, LENGTH + SECOND);
    }
  }
}
