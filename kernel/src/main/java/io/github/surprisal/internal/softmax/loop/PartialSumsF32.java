package io.github.surprisal.internal.softmax.loop;

/** The 16 partial sums of two sums over a block, and the terms of a last vector. */
final class PartialSumsF32 {
  final float[] first = new float[Sizes.LANES];
  final float[] second = new float[Sizes.LANES];

  /**
   * The last vector of a block whose length is no multiple of a vector's: logits, and exponentials
   * with zeros behind them.
   */
  final float[] last = new float[Sizes.LANES];

  final float[] lastExp = new float[2 * Sizes.LANES];
}
