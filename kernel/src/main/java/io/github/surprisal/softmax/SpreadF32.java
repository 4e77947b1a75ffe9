package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.TreeF32;

/** The mean over classes of m - x_j, which is what unweighted label smoothing needs of a row. */
final class SpreadF32 {
  private final RowPassesF32 passes;
  private final float[] lanes = new float[TreeF32.LANES];

  SpreadF32(RowPassesF32 passes) {
    this.passes = passes;
  }

  /** Mean of max - x[from + j] over j < n. */
  double mean(float[] x, int from, int n, float max) {
    double sum = 0;
    for (int at = 0; at < n; at += BLOCK) {
      sum += sum(x, from + at, Math.min(BLOCK, n - at), max);
    }
    // A finite mean may have a sum that overflows.
    return Double.isInfinite(sum) ? meanOfQuotients(x, from, n, max) : sum / n;
  }

  private double sum(float[] x, int from, int n, float max) {
    int whole = n & -TreeF32.LANES;
    passes.below(x, from, whole, max, lanes);
    for (int i = whole; i < n; i++) {
      lanes[i - whole] += max - x[from + i];
    }
    float sum = TreeF32.sum(lanes);
    if (Float.isFinite(sum)) {
      return sum;
    }
    double redone = 0;
    for (int i = 0; i < n; i++) {
      redone += (double) max - x[from + i];
    }
    return redone;
  }

  private static double meanOfQuotients(float[] x, int from, int n, float max) {
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += ((double) max - x[from + i]) / n;
    }
    return mean;
  }
}
