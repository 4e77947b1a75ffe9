package io.github.surprisal.internal.reduction;

/** The loop of {@link ExactSum}. */
interface TwoSum {
  /** Adds {@code n} values, a multiple of 16, to the lanes. */
  void add(double[] values, int n, double[] high, double[] low);
}
