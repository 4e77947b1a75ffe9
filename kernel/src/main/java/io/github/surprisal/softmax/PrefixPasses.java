package io.github.surprisal.softmax;

/** What {@link LogCumSumExpRows} computes of many elements at a time, in double. */
interface PrefixPasses {
  /** Length that arrays must have beyond what is asked for. */
  int SLACK = 16;

  /** e[i] = exp(x[i] - shift) 2^-k, k by the origin, for from <= i < to; more may be written. */
  void exp(double[] x, int from, int to, double shift, double origin, double[] e);

  /** y[i] = max[i] + log1p(rest[i] / top[i]), or an infinite max[i], for i < n. */
  void logarithms(double[] max, double[] top, double[] rest, int n, double[] y);

  /** q[i] = u[i] / (top[i] + rest[i]) for i < n. */
  void quotients(double[] u, double[] top, double[] rest, int n, double[] q);
}
