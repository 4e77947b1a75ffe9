package io.github.surprisal.pointwise;

/** One step of one formula over a block. */
interface LoopF32 {
  /** out[from + i] = factor f(element i of the block). */
  void run(BlockF32 block, float factor, float[] out, int from);
}
