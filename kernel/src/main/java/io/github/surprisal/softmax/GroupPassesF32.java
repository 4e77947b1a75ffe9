package io.github.surprisal.softmax;

/**
 * Passes over a group of rows that were copied to a buffer e, {@code pitch} apart, a multiple of 16,
 * and filled up with -infinity. Element i of a row belongs to virtual lane i mod 16 of its sum; the
 * lanes of row r begin at lanes[16 r].
 */
interface GroupPassesF32 {
  /**
   * Copies rows of n logits, {@code stride} apart, to the buffer. Reads up to {@code pitch} elements
   * of each.
   */
  void stage(float[] x, int from, int stride, float[] e, int at, int pitch, int n, int rows);

  /** The largest element of each row, NaN left out. */
  void max(float[] e, int pitch, int rows, float[] lanes, float[] max);

  /**
   * For each row the shift and the {@link io.github.surprisal.lane.ExpF32#origin origin} with which
   * its exponentials are near 1, and the exponential of its maximum.
   */
  void scale(float[] max, int rows, float[] shift, float[] origin, float[] maxExp);

  /** e becomes exp(e - shift) 2^-k, k by the row's origin; its sums go to the lanes. */
  void exp(float[] e, int pitch, int rows, float[] shift, float[] origin, float[] lanes);

  /** Ends the sum of each row: lanes i and i + 8, then i + 4, i + 2, i + 1. */
  void sum(float[] lanes, int rows, float[] sum);

  /**
   * slope e - uniform of each row into rows of n that touch each other. Writes whole vectors, the
   * next row over the end of each.
   */
  void gradient(
      float[] e, int pitch, float[] g, int to, int n, int rows, float[] slope, float[] uniform);
}
