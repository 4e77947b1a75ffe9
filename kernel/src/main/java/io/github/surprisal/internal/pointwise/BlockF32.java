package io.github.surprisal.internal.pointwise;

/** The elements that the loops of a formula run over, and their intermediates. */
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
}
