package io.github.surprisal.bench.speed;

/**
 * Mean cross-entropy in good plain Java: three loops a row over arrays, {@link Math#exp}, which the
 * JIT compiler makes an intrinsic, no allocation, no division inside a loop.
 *
 * <pre>
 *   loss = log sum exp x - (1 - s) x_y - (s / C) sum x,   gradient = p - (s / C) - (1 - s) [y]
 * </pre>
 *
 * @param labelSmoothing s, the mass that moves to the uniform distribution
 */
record PlainCrossEntropy(double labelSmoothing) {

  double loss(float[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    double total = 0;
    for (int row = 0; row < labels.length; row++) {
      int from = row * classes;
      float max = max(logits, from, from + classes);
      float sum = 0;
      for (int i = from; i < from + classes; i++) {
        sum += (float) Math.exp(logits[i] - max);
      }
      total += max + Math.log(sum) - aim(logits, from, classes, labels[row]);
    }
    return total / labels.length;
  }

  double lossAndGradient(float[] logits, int[] labels, float[] gradient) {
    int classes = logits.length / labels.length;
    float spread = (float) (labelSmoothing / classes / labels.length);
    double total = 0;
    for (int row = 0; row < labels.length; row++) {
      int from = row * classes;
      float max = max(logits, from, from + classes);
      float sum = 0;
      for (int i = from; i < from + classes; i++) {
        float exp = (float) Math.exp(logits[i] - max);
        gradient[i] = exp;
        sum += exp;
      }
      float scale = 1 / (sum * labels.length);
      for (int i = from; i < from + classes; i++) {
        gradient[i] = gradient[i] * scale - spread;
      }
      total += max + Math.log(sum) - aim(logits, from, classes, labels[row]);
      gradient[from + labels[row]] -= (float) ((1 - labelSmoothing) / labels.length);
    }
    return total / labels.length;
  }

  double loss(double[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    double total = 0;
    for (int row = 0; row < labels.length; row++) {
      int from = row * classes;
      double max = max(logits, from, from + classes);
      double sum = 0;
      for (int i = from; i < from + classes; i++) {
        sum += Math.exp(logits[i] - max);
      }
      total += max + Math.log(sum) - aim(logits, from, classes, labels[row]);
    }
    return total / labels.length;
  }

  double lossAndGradient(double[] logits, int[] labels, double[] gradient) {
    int classes = logits.length / labels.length;
    double spread = labelSmoothing / classes / labels.length;
    double total = 0;
    for (int row = 0; row < labels.length; row++) {
      int from = row * classes;
      double max = max(logits, from, from + classes);
      double sum = 0;
      for (int i = from; i < from + classes; i++) {
        double exp = Math.exp(logits[i] - max);
        gradient[i] = exp;
        sum += exp;
      }
      double scale = 1 / (sum * labels.length);
      for (int i = from; i < from + classes; i++) {
        gradient[i] = gradient[i] * scale - spread;
      }
      total += max + Math.log(sum) - aim(logits, from, classes, labels[row]);
      gradient[from + labels[row]] -= (1 - labelSmoothing) / labels.length;
    }
    return total / labels.length;
  }

  private static float max(float[] x, int from, int to) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  private static double max(double[] x, int from, int to) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  /** The target's mean logit. */
  private double aim(float[] x, int from, int classes, int label) {
    double sum = 0;
    for (int i = from; labelSmoothing > 0 && i < from + classes; i++) {
      sum += x[i];
    }
    return (1 - labelSmoothing) * x[from + label] + labelSmoothing / classes * sum;
  }

  private double aim(double[] x, int from, int classes, int label) {
    double sum = 0;
    for (int i = from; labelSmoothing > 0 && i < from + classes; i++) {
      sum += x[i];
    }
    return (1 - labelSmoothing) * x[from + label] + labelSmoothing / classes * sum;
  }
}
