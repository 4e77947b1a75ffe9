package io.github.surprisal.softmax;

/**
 * Passes over short rows that lie side by side: class c of row r is x[64 c + r]. Rows up to the
 * next multiple of the vector length are computed too.
 */
interface ColumnPassesF32 {
  /** The maximum of each row and its first class. */
  void max(float[] x, int rows, int classes, float[] max, float[] first);

  /**
   * x becomes exp(x - shift) 2^-k, scaled by max; adds it to lane c mod 16 of its row, lanes[64 (c
   * mod 16) + r], except that of class first[r].
   */
  void exp(float[] x, int rows, int classes, float[] max, float[] first, float[] lanes);

  /** The fixed tree over the 16 lanes of each row. */
  void sum(float[] lanes, int rows, float[] sum);

  /** x becomes slope x - uniform. */
  void gradient(float[] x, int rows, int classes, float[] slope, float[] uniform);
}
