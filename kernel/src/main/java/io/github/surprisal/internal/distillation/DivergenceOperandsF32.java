package io.github.surprisal.internal.distillation;

import static io.github.surprisal.internal.softmax.loop.Sizes.MOST;

import io.github.surprisal.internal.reduction.TreeF32;

/** Operands of the loops of a divergence: a block of one row of two distributions p and q. */
final class DivergenceOperandsF32 {
  DistributionF32 p;
  DistributionF32 q;

  /** Number of elements, a multiple of 16. */
  int n;

  /** Of the Jensen-Shannon divergence: the weight of P, and that of Q. */
  float beta;

  float rest;

  /** 1 over the sums of the exponentials. */
  double inverseP;

  double inverseQ;

  /** The constants of {@link LogRatioF32}. */
  final RatioConstantsF32 ratio = new RatioConstantsF32();

  /** The slope by log Q, but for what all classes share. */
  final float[] slopes = new float[MOST];

  final float[] lanes = new float[TreeF32.LANES];
  final float[] means = new float[TreeF32.LANES];

  /** The sum of the terms, and that of q times the slopes. */
  double sum;

  double mean;
}
