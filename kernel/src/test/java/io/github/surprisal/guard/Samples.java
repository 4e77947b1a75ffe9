package io.github.surprisal.guard;

import java.util.SplittableRandom;

/** Arrays of both types with the same elements. */
final class Samples {
  /** Around the ends of vectors and blocks. */
  static final int[] SIZES = {0, 1, 15, 16, 17, 33, 2047, 2048, 2049, 70000};

  private Samples() {}

  static float[] gaussian(long seed, int n, double size) {
    var random = new SplittableRandom(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (size * random.nextGaussian());
    }
    return x;
  }

  static double[] gaussianF64(long seed, int n, double size) {
    var random = new SplittableRandom(seed);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = size * random.nextGaussian();
    }
    return x;
  }

  static double[] toDoubles(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }
}
