package io.github.surprisal.internal.distillation;

import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;

/**
 * The gradient of forward KL at the maximum k of both sides, where their probabilities are next to
 * 1, with A the sum of p:
 *
 * <pre>
 *   A q_k - p_k = others - A complement,  others = sum of p_j over j != k,  complement = 1 - q_k
 * </pre>
 */
final class Largest {
  private Largest() {}

  /** Whether the maximum of row r has more than half of the mass. */
  static boolean isMost(SoftmaxScalars s, int r) {
    return s.rest[r] * s.inverse[r] < 0.5;
  }

  /** Puts the gradient at the maximum, from what both leave to the other classes. */
  static void put(float[] g, int at, double complement, double others, double a, double scale) {
    g[at] = (float) (scale * (others - a * complement));
  }

  static void put(double[] g, int at, double complement, double others, double a, double scale) {
    g[at] = scale * (others - a * complement);
  }
}
