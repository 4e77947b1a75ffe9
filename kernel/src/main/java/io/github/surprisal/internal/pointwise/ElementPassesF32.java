package io.github.surprisal.internal.pointwise;

/** Passes over elements that know nothing of formulas; n is a multiple of 16. */
interface ElementPassesF32 {
  /**
   * v[from + i] = factor[i] v[from + i] for i < n, with 0 times infinity = 0; +0 where w[i] = 0,
   * whatever v is.
   */
  void weigh(float[] v, int from, float[] factor, float[] w, int n);

  /** The sum of v[i] for i < n, in 16 lanes: element i in lane i mod 16. */
  float sum(float[] v, int n);

  /** Whether every v[i] for i < n is finite. */
  boolean finite(float[] v, int n);
}
