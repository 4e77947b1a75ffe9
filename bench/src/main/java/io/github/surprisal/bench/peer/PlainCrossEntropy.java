package io.github.surprisal.bench.peer;

/**
 * Mean cross-entropy in good plain Java: three loops a row over arrays, {@link Math#exp}, which the
 * JIT compiler makes an intrinsic, no allocation, no division inside a loop.
 *
 * <pre>
 *   loss = log sum exp x - (1 - s) x_y - (s / C) sum x,   gradient = p - (s / C) - (1 - s) [y]
 * </pre>
 */
final class PlainCrossEntropy implements PreparedLoss {
  private final double labelSmoothing;
  private final float[] logits;
  private final int[] labels;
  private final int classes;
  private final float[] gradient;

  /** With mass {@code labelSmoothing} moved to the uniform distribution. */
  PlainCrossEntropy(Workload w, double labelSmoothing) {
    this.labelSmoothing = labelSmoothing;
    logits = w.predictions();
    labels = w.labels();
    classes = w.columns();
    gradient = new float[logits.length];
  }

  @Override
  public double loss() {
    double total = 0;
    for (int row = 0; row < labels.length; row++) {
      int from = row * classes;
      float max = max(from);
      float sum = 0;
      for (int i = from; i < from + classes; i++) {
        sum += (float) Math.exp(logits[i] - max);
      }
      total += max + Math.log(sum) - aim(from, labels[row]);
    }
    return total / labels.length;
  }

  @Override
  public double lossAndGradient() {
    float spread = (float) (labelSmoothing / classes / labels.length);
    double total = 0;
    for (int row = 0; row < labels.length; row++) {
      int from = row * classes;
      float max = max(from);
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
      total += max + Math.log(sum) - aim(from, labels[row]);
      gradient[from + labels[row]] -= (float) ((1 - labelSmoothing) / labels.length);
    }
    return total / labels.length;
  }

  private float max(int from) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + classes; i++) {
      max = Math.max(max, logits[i]);
    }
    return max;
  }

  /** The target's mean logit. */
  private double aim(int from, int label) {
    double sum = 0;
    for (int i = from; labelSmoothing > 0 && i < from + classes; i++) {
      sum += logits[i];
    }
    return (1 - labelSmoothing) * logits[from + label] + labelSmoothing / classes * sum;
  }

  @Override
  public void readGradient(float[] into) {
    System.arraycopy(gradient, 0, into, 0, into.length);
  }
}
