package io.github.surprisal.reduction;

import io.github.surprisal.lane.Provider;

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

  /** Adds this sum to {@code total}, lane after lane, and starts again at 0. */
  public void drain(DoubleDouble total) {
    for (int lane = 0; lane < LANES; lane++) {
      total.add(high[lane], Double.isFinite(high[lane]) ? low[lane] : 0);
      high[lane] = 0;
      low[lane] = 0;
    }
  }
}
