package io.github.surprisal.bench.speed;

import org.apache.commons.math3.util.FastMath;

/**
 * Mean cross-entropy as a textbook writes it, in double on Commons Math: what a JVM programmer has
 * without a library. Also what the benchmarks check their results against.
 *
 * @param labelSmoothing mass that moves to the uniform distribution
 */
record TextbookCrossEntropy(double labelSmoothing) {

  double loss(double[] logits, int[] labels) {
    return evaluate(logits, labels, null);
  }

  double lossAndGradient(double[] logits, int[] labels, double[] gradient) {
    return evaluate(logits, labels, gradient);
  }

  private double evaluate(double[] logits, int[] labels, double[] gradient) {
    int classes = logits.length / labels.length;
    double[] probabilities = new double[classes];
    double loss = 0;
    for (int row = 0; row < labels.length; row++) {
      softmax(logits, row * classes, probabilities);
      for (int j = 0; j < classes; j++) {
        double target = labelSmoothing / classes + (j == labels[row] ? 1 - labelSmoothing : 0);
        if (target > 0) {
          loss -= target * FastMath.log(probabilities[j]);
        }
        if (gradient != null) {
          gradient[row * classes + j] = (probabilities[j] - target) / labels.length;
        }
      }
    }
    return loss / labels.length;
  }

  private static void softmax(double[] logits, int from, double[] probabilities) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < probabilities.length; j++) {
      max = FastMath.max(max, logits[from + j]);
    }
    double sum = 0;
    for (int j = 0; j < probabilities.length; j++) {
      probabilities[j] = FastMath.exp(logits[from + j] - max);
      sum += probabilities[j];
    }
    for (int j = 0; j < probabilities.length; j++) {
      probabilities[j] /= sum;
    }
  }
}
