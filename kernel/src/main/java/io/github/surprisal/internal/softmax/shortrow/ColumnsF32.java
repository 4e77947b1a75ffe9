package io.github.surprisal.internal.softmax.shortrow;

import static io.github.surprisal.internal.softmax.loop.Sizes.LANES;
import static io.github.surprisal.internal.softmax.loop.Sizes.ROWS;

/** Operands of the loops over columns: class c of row r is e[PITCH c + r]. */
final class ColumnsF32 {
  /** Beyond this, rows fill vectors well enough. */
  static final int MOST_CLASSES = 32;

  /** Distance of two classes: no power of two, so that they share no set of cache lines. */
  static final int PITCH = ROWS + LANES;

  int rows;
  int classes;

  /** The rows outside: logits, later gradient; row r begins at outside[at[r]]. */
  float[] outside;

  final int[] at = new int[ROWS];

  /** The logits, and later their exponentials. */
  final float[] e = new float[MOST_CLASSES * PITCH];

  final ColumnScaleF32 scale = new ColumnScaleF32();

  /** Lane l of the sum of row r is lanes[PITCH l + r]. */
  final float[] lanes = new float[LANES * PITCH];

  /**
   * The sum of the exponentials but for the largest, how many tie with that, and the sum of (m - x)
   * 2^-13.
   */
  final float[] rest = new float[ROWS];

  final float[] ties = new float[ROWS];

  final float[] gap = new float[ROWS];

  /** The gradient is slope e - uniform. */
  final float[] slope = new float[ROWS];

  final float[] uniform = new float[ROWS];
}
