package io.github.surprisal.bench.demo;

import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import java.util.SplittableRandom;

/**
 * Errors of sampled gradient elements against the oracle.
 *
 * @param name where the elements are from
 * @param elements how many were looked at
 * @param worstUlps the largest error, in float32 ulps of the largest term of the formula
 * @param bound what the library promises for that number of classes, in the same unit
 */
record GradientCheck(String name, int elements, double worstUlps, double bound) {

  /** Results below the smallest normal float may be 0. */
  private static final double FLUSHED = 0x1p-126;

  private static final int HARD_CLASSES = 50;
  private static final double[] HARD_SCALES = {1e-3, 1, 10, 90, 1e4, 1e30};

  boolean holds() {
    return worstUlps <= bound;
  }

  /** Compares {@code elements} elements of the gradient, drawn by the seed. */
  static GradientCheck of(GradientCase batch, int elements, long seed) {
    float[] actual = batch.kernelGradient();
    LossResult<?> exact = batch.oracle();
    double[] rounded = exact.gradient(Precision.FLOAT64);
    double worst = 0;
    for (int i : new SplittableRandom(seed).ints(elements, 0, actual.length).toArray()) {
      if (!(Math.abs(actual[i] - rounded[i]) <= FLUSHED)) {
        // NaN, if that is the error, stays the worst.
        worst = Math.max(worst, exact.gradientUlps(i, actual[i], Precision.FLOAT32));
      }
    }
    return new GradientCheck(batch.name(), elements, worst, bound(batch.classes()));
  }

  /** Exponential, factor and rounding take 4; each of 16 lanes of a sum rounds as it adds. */
  private static double bound(int classes) {
    return 4 + Math.min(classes, 2048) / 16;
  }

  /** Rows with logits from next to nothing to 10^30, a tie for the largest, impossible classes. */
  static GradientCase hardRows(int rows, long seed) {
    var random = new SplittableRandom(seed);
    float[] logits = new float[rows * HARD_CLASSES];
    for (int row = 0; row < rows; row++) {
      double scale = HARD_SCALES[row % HARD_SCALES.length];
      int from = row * HARD_CLASSES;
      for (int j = 0; j < HARD_CLASSES; j++) {
        logits[from + j] = (float) (scale * random.nextGaussian());
      }
      logits[from] = row % 4 == 1 ? Float.NEGATIVE_INFINITY : logits[from];
      logits[from + 1] = row % 4 == 2 ? logits[from + 2] : logits[from + 1];
    }
    int[] labels = random.ints(rows, 0, HARD_CLASSES).toArray();
    return GradientCase.of(
        "hard rows", DigitTraining.LABEL_SMOOTHING, logits, HARD_CLASSES, labels);
  }
}
