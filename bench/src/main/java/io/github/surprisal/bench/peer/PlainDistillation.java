package io.github.surprisal.bench.peer;

/**
 * Mean KL(P || Q) of rows of logits from a teacher's in good plain Java, as {@link
 * PlainCrossEntropy}.
 *
 * <pre>
 *   D = sum of p (t - x) + log sum exp x - log sum exp t,   gradient = q - p
 * </pre>
 */
final class PlainDistillation implements PreparedLoss {
  private final float[] logits;
  private final float[] teacher;
  private final int rows;
  private final int classes;
  private final float[] probabilities;
  private final float[] gradient;

  PlainDistillation(Workload w) {
    logits = w.predictions();
    teacher = w.targets();
    rows = w.rows();
    classes = w.columns();
    probabilities = new float[classes];
    gradient = new float[logits.length];
  }

  @Override
  public double loss() {
    double total = 0;
    for (int row = 0; row < rows; row++) {
      int from = row * classes;
      float max = max(logits, from);
      double sum = 0;
      for (int i = from; i < from + classes; i++) {
        sum += Math.exp(logits[i] - max);
      }
      total += max + Math.log(sum) + aim(from);
    }
    return total / rows;
  }

  @Override
  public double lossAndGradient() {
    double total = 0;
    for (int row = 0; row < rows; row++) {
      int from = row * classes;
      float max = max(logits, from);
      float sum = 0;
      for (int i = from; i < from + classes; i++) {
        float exp = (float) Math.exp(logits[i] - max);
        gradient[i] = exp;
        sum += exp;
      }
      total += max + Math.log(sum) + aim(from);
      float scale = 1 / (sum * rows);
      float share = 1f / rows;
      for (int j = 0; j < classes; j++) {
        gradient[from + j] = gradient[from + j] * scale - probabilities[j] * share;
      }
    }
    return total / rows;
  }

  /** sum of p (t - x) - log sum exp t; leaves p. */
  private double aim(int from) {
    float max = max(teacher, from);
    float sum = 0;
    for (int j = 0; j < classes; j++) {
      float exp = (float) Math.exp(teacher[from + j] - max);
      probabilities[j] = exp;
      sum += exp;
    }
    float scale = 1 / sum;
    double mean = 0;
    for (int j = 0; j < classes; j++) {
      float p = probabilities[j] * scale;
      probabilities[j] = p;
      mean += p * (teacher[from + j] - logits[from + j]);
    }
    return mean - max - Math.log(sum);
  }

  private float max(float[] x, int from) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + classes; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  @Override
  public void readGradient(float[] into) {
    System.arraycopy(gradient, 0, into, 0, into.length);
  }
}
