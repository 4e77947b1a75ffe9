package io.github.surprisal.bench.demo;

import java.util.Arrays;
import java.util.Random;

/**
 * Pixels, one hidden layer of rectified units, ten logits; in plain loops.
 *
 * <pre>
 *   h = max(0, x W + b),   logits = h V + c
 * </pre>
 */
final class DigitNetwork {
  private static final int PIXELS = Digits.PIXELS;
  private static final int CLASSES = Digits.CLASSES;
  static final int HIDDEN = 128;

  // Where W, b, V and c begin in the parameters.
  private static final int B = PIXELS * HIDDEN;
  private static final int V = B + HIDDEN;
  private static final int C = V + HIDDEN * CLASSES;

  final float[] parameters = new float[C + CLASSES];
  final float[] gradient = new float[parameters.length];
  private final float[] hidden;
  private final float[] slope = new float[HIDDEN];

  /** Draws the weights; {@code mostRows} is the size of the largest batch. */
  DigitNetwork(int mostRows, Random random) {
    hidden = new float[mostRows * HIDDEN];
    draw(0, B, Math.sqrt(2.0 / PIXELS), random);
    draw(V, C, Math.sqrt(1.0 / HIDDEN), random);
  }

  private void draw(int from, int to, double deviation, Random random) {
    for (int i = from; i < to; i++) {
      parameters[i] = (float) (deviation * random.nextGaussian());
    }
  }

  /** Logits of rows of pixels. */
  void forward(float[] pixels, int rows, float[] logits) {
    for (int row = 0; row < rows; row++) {
      int h = row * HIDDEN;
      System.arraycopy(parameters, B, hidden, h, HIDDEN);
      for (int i = 0; i < PIXELS; i++) {
        addScaled(pixels[row * PIXELS + i], parameters, i * HIDDEN, hidden, h, HIDDEN);
      }
      System.arraycopy(parameters, C, logits, row * CLASSES, CLASSES);
      for (int j = 0; j < HIDDEN; j++) {
        hidden[h + j] = Math.max(0, hidden[h + j]);
        addScaled(hidden[h + j], parameters, V + j * CLASSES, logits, row * CLASSES, CLASSES);
      }
    }
  }

  /** The gradient by the parameters, given that by the logits of the last forward pass. */
  void backward(float[] pixels, int rows, float[] logitGradient) {
    Arrays.fill(gradient, 0);
    for (int row = 0; row < rows; row++) {
      int h = row * HIDDEN;
      int g = row * CLASSES;
      addScaled(1, logitGradient, g, gradient, C, CLASSES);
      for (int j = 0; j < HIDDEN; j++) {
        addScaled(hidden[h + j], logitGradient, g, gradient, V + j * CLASSES, CLASSES);
        slope[j] = hidden[h + j] > 0 ? dot(parameters, V + j * CLASSES, logitGradient, g) : 0;
      }
      addScaled(1, slope, 0, gradient, B, HIDDEN);
      for (int i = 0; i < PIXELS; i++) {
        addScaled(pixels[row * PIXELS + i], slope, 0, gradient, i * HIDDEN, HIDDEN);
      }
    }
  }

  private static void addScaled(float a, float[] x, int from, float[] y, int to, int length) {
    for (int i = 0; i < length; i++) {
      y[to + i] += a * x[from + i];
    }
  }

  private static float dot(float[] x, int i, float[] y, int j) {
    float sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      sum += x[i + k] * y[j + k];
    }
    return sum;
  }
}
