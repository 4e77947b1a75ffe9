package io.github.surprisal.bench.speed;

import java.util.function.IntToDoubleFunction;

/**
 * Refuses to measure code that computes something else. Tolerances are those of the least accurate
 * code measured, a float sum over 128,256 classes; how accurate the library is, its tests say.
 *
 * @param loss the right loss
 * @param gradient the right gradient
 */
record Agreement(double loss, double[] gradient) {
  private static final double TOLERANCE = 1e-4;

  void loss(String name, double actual) {
    if (!(Math.abs(actual - loss) <= TOLERANCE * Math.abs(loss))) {
      throw new IllegalStateException(name + ": loss = " + actual + ", expected " + loss);
    }
  }

  void lossAndGradient(String name, double actualLoss, IntToDoubleFunction actual) {
    loss(name, actualLoss);
    double largest = 0;
    for (double g : gradient) {
      largest = Math.max(largest, Math.abs(g));
    }
    for (int i = 0; i < gradient.length; i++) {
      if (!(Math.abs(actual.applyAsDouble(i) - gradient[i]) <= TOLERANCE * largest)) {
        throw new IllegalStateException(
            "%s: gradient[%d] = %s, expected %s"
                .formatted(name, i, actual.applyAsDouble(i), gradient[i]));
      }
    }
  }
}
