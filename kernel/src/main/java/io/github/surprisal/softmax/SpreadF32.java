package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.Indices;
import io.github.surprisal.reduction.TreeF32;

/**
 * The mean over classes of m - x_j, which is what unweighted label smoothing needs of a row:
 *
 * <pre>
 *   m - mean of x_j,  where |m| is at most twice that,  else the mean of m - x_j
 * </pre>
 *
 * The first needs no maximum beforehand, and the magnitudes of what it adds are at most three times
 * as much.
 */
final class SpreadF32 {
  private final RowPassesF32 passes;
  private final float[] lanes = new float[TreeF32.LANES];

  SpreadF32(RowPassesF32 passes) {
    this.passes = passes;
  }

  /** Mean of max - x[from + j] over j < n. */
  double mean(float[] x, int from, int n, float max) {
    double spread = ofSum(-sumBelow(x, from, n, 0), n, max);
    if (!Double.isNaN(spread)) {
      return spread;
    }
    double sum = sumBelow(x, from, n, max);
    // A finite mean may have a sum that overflows.
    return Double.isInfinite(sum) ? meanOfQuotients(x, from, n, max) : sum / n;
  }

  /** The same from the sum of x[from + j], or NaN where that is not exact enough. */
  static double ofSum(double sum, int n, float max) {
    double spread = max - sum / n;
    return spread < Float.MAX_VALUE && Math.abs(max) <= 2 * spread ? spread : Double.NaN;
  }

  /** The sum of m - x[from + j] over j < n. */
  private double sumBelow(float[] x, int from, int n, float m) {
    double sum = 0;
    for (int at = 0; at < n; at = Indices.next(at, BLOCK, n)) {
      sum += sum(x, from + at, Math.min(BLOCK, n - at), m);
    }
    return sum;
  }

  private double sum(float[] x, int from, int n, float max) {
    int whole = n & (-2 * TreeF32.LANES);
    passes.below(x, from, whole, max, lanes);
    float sum = TreeF32.sum(lanes);
    return Float.isFinite(sum)
        ? sum + inDouble(x, from + whole, from + n, max)
        : inDouble(x, from, from + n, max);
  }

  private static double inDouble(float[] x, int from, int to, float max) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) max - x[i];
    }
    return sum;
  }

  private static double meanOfQuotients(float[] x, int from, int n, float max) {
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += ((double) max - x[from + i]) / n;
    }
    return mean;
  }
}
