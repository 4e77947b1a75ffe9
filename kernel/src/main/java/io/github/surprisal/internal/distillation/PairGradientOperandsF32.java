package io.github.surprisal.internal.distillation;

import io.github.surprisal.internal.softmax.loop.Sizes;
import io.github.surprisal.internal.softmax.loop.SlicesF32;

/** Operands of {@link PairGradientF32}: n elements of each row. */
final class PairGradientOperandsF32 {
  int rows;
  int n;
  SlicesF32 e;
  SlicesF32 t;

  /** Where the gradient goes; may be e or t. */
  SlicesF32 g;

  final float[] a = new float[Sizes.ROWS];
  final float[] b = new float[Sizes.ROWS];
}
