package io.github.surprisal.softmax;

/** A pass over a row of many blocks, of which each block can be run alone. */
interface BlockExpF32 extends PassF32 {
  /**
   * The exponentials of the block x[from] to e[to], their sums to the lanes; returns the maximum of
   * the block next[nextAt].
   */
  float exp(RowBufferF32 b, float[] x, int from, float[] e, int to, float[] next, int nextAt);
}
