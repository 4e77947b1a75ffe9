package io.github.surprisal.internal.reduction;

import io.github.surprisal.internal.lane.Provider;
import java.util.Arrays;

/**
 * A long sum of doubles in 16 virtual lanes: value i of a call goes to lane i mod 16, each lane a
 * high part and the sum of its rounding errors, so that the order is the same at every vector
 * width.
 */
public final class ExactSum {
  /** Number of virtual lanes of every sum. */
  public static final int LANES = 16;

  private static final TwoSum TWO_SUM = Provider.SIMD ? new TwoSumF64() : new TwoSumF64Twin();

  private final double[] high = new double[LANES];
  private final double[] low = new double[LANES];

  /** Adds the first {@code n} of {@code values}, whose length is a multiple of 16. */
  public void add(double[] values, int n) {
    int end = n;
    while (end % LANES != 0) {
      values[end++] = 0;
    }
    TWO_SUM.add(values, end, high, low);
  }

  /**
   * Adds this sum to {@code total} and starts again at 0. Lane l takes in lane l + 8, then l + 4, l
   * + 2, l + 1: one after the other, each would wait for the one before.
   */
  public void drain(DoubleDouble total) {
    for (int step = LANES / 2; step > 0; step /= 2) {
      for (int lane = 0; lane < step; lane++) {
        double h = high[lane];
        double v = high[lane + step];
        double s = h + v;
        low[lane] += low[lane + step] + DoubleDouble.lost(h, v, s);
        high[lane] = s;
      }
    }
    total.add(high[0], Double.isFinite(high[0]) ? low[0] : 0);
    Arrays.fill(high, 0);
    Arrays.fill(low, 0);
  }
}
