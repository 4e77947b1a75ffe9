package io.github.surprisal.softmax;

/** The loop over a block in a pass over a row of many blocks. */
interface BlockExpF32 {
  /**
   * The exponentials of the block x[from] to e[to], their sums to the lanes; returns the maximum of
   * the block next[nextAt].
   */
  float exp(RowBufferF32 b, float[] x, int from, float[] e, int to, float[] next, int nextAt);
}
