package io.github.surprisal.bench.demo;

import java.util.Random;

/**
 * A linear layer y = x W + b of rows, in plain loops: W [inputs, outputs], then b, lie one behind
 * the other in arrays that all layers of a network share, so that one optimiser moves them all.
 */
final class Linear {
  private final int inputs;
  private final int outputs;
  private final float[] parameters;
  private final float[] gradient;
  private final int weights;
  private final int bias;

  /** The layer whose parameters, and their gradient, begin at {@code from}. */
  Linear(int inputs, int outputs, float[] parameters, float[] gradient, int from) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.parameters = parameters;
    this.gradient = gradient;
    weights = from;
    bias = from + inputs * outputs;
  }

  /** How many parameters such a layer has. */
  static int size(int inputs, int outputs) {
    return (inputs + 1) * outputs;
  }

  /** Draws the weights; the bias stays 0. */
  void draw(double deviation, Random random) {
    draw(parameters, weights, bias, deviation, random);
  }

  /** Normal numbers with mean 0. */
  static void draw(float[] parameters, int from, int to, double deviation, Random random) {
    for (int i = from; i < to; i++) {
      parameters[i] = (float) (deviation * random.nextGaussian());
    }
  }

  /** y = x W + b for each row. */
  void forward(float[] x, int rows, float[] y) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(parameters, bias, y, row * outputs, outputs);
      for (int i = 0; i < inputs; i++) {
        int w = weights + i * outputs;
        addScaled(x[row * inputs + i], parameters, w, y, row * outputs, outputs);
      }
    }
  }

  /** Adds to the gradients of W and b, given that of y: x' dy, and the sum of dy. */
  void addGradient(float[] x, int rows, float[] dy) {
    for (int row = 0; row < rows; row++) {
      addScaled(1, dy, row * outputs, gradient, bias, outputs);
      for (int i = 0; i < inputs; i++) {
        int w = weights + i * outputs;
        addScaled(x[row * inputs + i], dy, row * outputs, gradient, w, outputs);
      }
    }
  }

  /** The gradient of x, given that of y: dx = dy W'. */
  void backward(float[] dy, int rows, float[] dx) {
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < inputs; i++) {
        int w = weights + i * outputs;
        dx[row * inputs + i] = dot(parameters, w, dy, row * outputs, outputs);
      }
    }
  }

  private static void addScaled(float a, float[] x, int from, float[] y, int to, int length) {
    for (int i = 0; i < length; i++) {
      y[to + i] += a * x[from + i];
    }
  }

  /** In four sums, since each addition waits for the one before it. */
  private static float dot(float[] x, int i, float[] y, int j, int length) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int k = 0;
    for (; k <= length - 4; k += 4) {
      a += x[i + k] * y[j + k];
      b += x[i + k + 1] * y[j + k + 1];
      c += x[i + k + 2] * y[j + k + 2];
      d += x[i + k + 3] * y[j + k + 3];
    }
    for (; k < length; k++) {
      a += x[i + k] * y[j + k];
    }
    return (a + b) + (c + d);
  }
}
