package io.github.surprisal.softmax;

/** Passes over the logits of one row. Sums go to 16 virtual lanes, element i to lane i mod 16. */
interface RowPassesF32 {
  /**
   * Sums max - x[from + i] for i < n, a multiple of 32, into lanes: first those of the two halves,
   * so that half as many additions wait for each other.
   */
  void below(float[] x, int from, int n, float max, float[] lanes);

  /** g[to + i] = slope e[from + i] - uniform for i < n. */
  void gradient(float[] e, int from, float[] g, int to, int n, float slope, float uniform);

  /** g[to + i] = slope e[from + i] - scale t[i] for i < n. */
  void gradient(float[] e, int from, float[] g, int to, int n, float slope, float scale, float[] t);

  /** t[i] = factor q[from + i] + constant for i < n; NaN for a negative q. */
  void targets(float[] q, int from, float[] t, int n, float factor, float constant);

  /** t[i] = t[i] w[from + i] for i < n. */
  void weigh(float[] w, int from, float[] t, int n);

  /**
   * Sums t[at + i] and t[at + i] (max - x[from + i]), 0 where t is 0, for i < n, a multiple of 16.
   */
  void dot(float[] t, int at, float[] x, int from, int n, float max, float[] mass, float[] lanes);

  /** h[to + i] = max(factor p (1 - p), floor) with p = inverse e[at + i], for i < n. */
  void hessian(
      float[] e, int at, float[] h, int to, int n, float inverse, float factor, float floor);

  /** g[to + i] = slope e[from + i] f[at + i] for i < n. */
  void multiply(float[] e, int from, float[] f, int at, float[] g, int to, int n, float slope);

  /** e = e (slope + tilt (y - max)), e slope where e is 0, for n elements, a multiple of 16. */
  void tilt(float[] e, float[] y, int at, int n, float max, float slope, float tilt);

  /** y[to + i] = unit (x[from + i] - max) - logRest for i < n. */
  void logProbabilities(
      float[] x, int from, float[] y, int to, int n, float max, float unit, float logRest);

  /** Sums p[from + i] u[at + i] for i < n, a multiple of 16, into lanes. */
  void products(float[] p, int from, float[] u, int at, int n, float[] lanes);

  /** g[to + i] = p[from + i] (u[at + i] - mean) scale for i < n. */
  void backward(
      float[] p, int from, float[] u, int at, float[] g, int to, int n, float mean, float scale);
}
