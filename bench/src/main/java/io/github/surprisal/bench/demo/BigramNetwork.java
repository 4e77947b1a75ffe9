package io.github.surprisal.bench.demo;

import java.util.Arrays;
import java.util.Random;

/**
 * The logits of the next word from the word before: its embedding, and a linear layer.
 *
 * <pre>
 *   logits = e_c W + b,   e_c the row of the embedding of word c
 * </pre>
 */
final class BigramNetwork {
  static final int DIMENSIONS = 32;

  final float[] parameters;
  final float[] gradient;
  private final int words;
  private final Linear output;
  private final float[] embedded;
  private final float[] slope;

  /** Draws the weights; {@code mostRows} is the size of the largest batch. */
  BigramNetwork(int words, int mostRows, Random random) {
    this.words = words;
    int layer = words * DIMENSIONS;
    parameters = new float[layer + Linear.size(DIMENSIONS, words)];
    gradient = new float[parameters.length];
    output = new Linear(DIMENSIONS, words, parameters, gradient, layer);
    embedded = new float[mostRows * DIMENSIONS];
    slope = new float[mostRows * DIMENSIONS];
    Linear.draw(parameters, 0, layer, 1, random);
    output.draw(0.1 / Math.sqrt(DIMENSIONS), random);
  }

  /** Logits [contexts, words] of the word after each of the contexts. */
  void forward(int[] contexts, float[] logits) {
    for (int row = 0; row < contexts.length; row++) {
      System.arraycopy(
          parameters, contexts[row] * DIMENSIONS, embedded, row * DIMENSIONS, DIMENSIONS);
    }
    output.forward(embedded, contexts.length, logits);
  }

  /** The gradient by the parameters, given that by the logits of the last forward pass. */
  void backward(int[] contexts, float[] logitGradient) {
    Arrays.fill(gradient, 0);
    output.addGradient(embedded, contexts.length, logitGradient);
    output.backward(logitGradient, contexts.length, slope);
    for (int row = 0; row < contexts.length; row++) {
      for (int i = 0; i < DIMENSIONS; i++) {
        gradient[contexts[row] * DIMENSIONS + i] += slope[row * DIMENSIONS + i];
      }
    }
  }
}
