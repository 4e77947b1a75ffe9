package io.github.surprisal.internal.distillation;

/** The constants of a copy of {@link PairGradientF32}. */
enum PairGradientKind {
  /** {@code a e_j - b t_j}, not fused, so that equals cancel. */
  DIFFERENCE,

  /** {@code a e_j (t_j - b)}, 0 where e_j is. */
  CENTRED
}
