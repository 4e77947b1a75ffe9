package io.github.surprisal.internal.pointwise;

/** The operands of a step of a formula: elements, their intermediates, and what comes of them. */
final class BlockF32 {
  /** Most elements of a block; the unit of sums. */
  static final int LENGTH = 2048;

  final InputF32 predictions = new InputF32();
  final InputF32 targets = new InputF32();

  /** Number of elements, rounded up to a multiple of 16. */
  int length;

  /** Intermediates. */
  final float[] a = new float[LENGTH];

  final float[] b = new float[LENGTH];
  final float[] c = new float[LENGTH];

  /** The formula, in the form of the loop. */
  Object formula;

  /** What results are multiplied with. */
  float factor;

  /** Where they go. */
  float[] out;

  int outFrom;
}
