package io.github.surprisal.softmax;

/**
 * Passes over short rows that lie side by side: class c of row r is e[64 c + r]. Rows up to the next
 * multiple of the vector length are computed too.
 */
interface ColumnPassesF32 {
  /** The maximum of each row and its first class, NaN left out. */
  void max(float[] e, int rows, int classes, float[] max, float[] first);

  /** e becomes exp(e - shift) 2^-k, k by the row's origin. */
  void exp(float[] e, int rows, int classes, float[] shift, float[] origin);

  /** The sum of each row in the order of 16 virtual lanes and their tree; {@code lanes} is scratch. */
  void sum(float[] e, int rows, int classes, float[] lanes, float[] sum);
}
