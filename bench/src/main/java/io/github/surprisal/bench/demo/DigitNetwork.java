package io.github.surprisal.bench.demo;

import java.util.Arrays;
import java.util.Random;

/**
 * Pixels, one hidden layer of rectified units, ten logits.
 *
 * <pre>
 *   h = max(0, x W + b),   logits = h V + c
 * </pre>
 */
final class DigitNetwork {
  static final int HIDDEN = 128;
  private static final int PIXELS = Digits.PIXELS;
  private static final int CLASSES = Digits.CLASSES;
  private static final int FIRST = Linear.size(PIXELS, HIDDEN);

  final float[] parameters = new float[FIRST + Linear.size(HIDDEN, CLASSES)];
  final float[] gradient = new float[parameters.length];
  private final Linear first = new Linear(PIXELS, HIDDEN, parameters, gradient, 0);
  private final Linear second = new Linear(HIDDEN, CLASSES, parameters, gradient, FIRST);
  private final float[] hidden;
  private final float[] slope;

  /** Draws the weights; {@code mostRows} is the size of the largest batch. */
  DigitNetwork(int mostRows, Random random) {
    hidden = new float[mostRows * HIDDEN];
    slope = new float[mostRows * HIDDEN];
    first.draw(Math.sqrt(2.0 / PIXELS), random);
    second.draw(Math.sqrt(1.0 / HIDDEN), random);
  }

  /** Logits of rows of pixels. */
  void forward(float[] pixels, int rows, float[] logits) {
    first.forward(pixels, rows, hidden);
    for (int i = 0; i < rows * HIDDEN; i++) {
      hidden[i] = Math.max(0, hidden[i]);
    }
    second.forward(hidden, rows, logits);
  }

  /** The gradient by the parameters, given that by the logits of the last forward pass. */
  void backward(float[] pixels, int rows, float[] logitGradient) {
    Arrays.fill(gradient, 0);
    second.addGradient(hidden, rows, logitGradient);
    second.backward(logitGradient, rows, slope);
    for (int i = 0; i < rows * HIDDEN; i++) {
      slope[i] = hidden[i] > 0 ? slope[i] : 0;
    }
    first.addGradient(pixels, rows, slope);
  }
}
