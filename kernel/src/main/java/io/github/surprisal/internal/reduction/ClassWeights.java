package io.github.surprisal.internal.reduction;

/**
 * Weights of classes. In double they are held over a power of two if their sizes ask for one, see
 * {@link Totals}; for loops over classes, over another, so that the largest is near 1 and the sizes
 * of the others fit a float.
 */
public final class ClassWeights {
  /** Weights over 2^{@link #exponent}. */
  final double[] held;

  final int exponent;

  /** Weights over 2^{@link #exponent} and {@link #loopUnit}. */
  public final double[] loopF64;

  /** The weights that are held, rounded to float. */
  public final float[] loopF32;

  /** What loops leave out, a power of two. */
  public final double loopUnit;

  /**
   * Takes weights up.
   *
   * @param asTheyAre whether they are never held over a power of two, since not all of the loss is
   *     multiplied with them
   */
  public ClassWeights(double[] weights, boolean asTheyAre) {
    int n = weights.length;
    double largest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double w : weights) {
      largest = Math.max(largest, Double.isNaN(w) ? 0 : Math.abs(w));
      least = w == 0 || Double.isNaN(w) ? least : Math.min(least, Math.abs(w));
    }
    int size = Factors.exponent(largest);
    int far = Factors.beyond(size, Totals.MOST_EXPONENT);
    // Where sizes differ by more than the range of double is wide, the least would be lost.
    boolean fits = Math.scalb(least, -far) >= Double.MIN_NORMAL;
    exponent = asTheyAre || !fits ? 0 : far;
    held = new double[n];
    loopF64 = new double[n];
    loopF32 = new float[n];
    for (int c = 0; c < n; c++) {
      held[c] = Math.scalb(weights[c], -exponent);
      loopF64[c] = Math.scalb(weights[c], -size);
      loopF32[c] = (float) loopF64[c];
    }
    loopUnit = Math.scalb(1.0, size - exponent);
  }

  /** Number of classes. */
  public int length() {
    return held.length;
  }
}
