package io.github.surprisal.bench.peer;

import org.apache.commons.math3.util.FastMath;

/** Cross-entropy as a textbook writes it, in double on Commons Math. */
public final class Textbook implements Peer {

  /** Made by the service loader. */
  public Textbook() {}

  @Override
  public String name() {
    return "textbook";
  }

  @Override
  public String description() {
    return "the textbook's formula in float64, Commons Math";
  }

  @Override
  public boolean has(String loss) {
    return loss.equals("cross_entropy");
  }

  @Override
  public boolean usesArrays() {
    return true;
  }

  @Override
  public PreparedLoss prepare(Workload w, int threads) {
    double[] logits = new double[w.elements()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = w.predictions()[i];
    }
    return new Rows(logits, w.labels(), new double[w.columns()], new double[logits.length]);
  }

  private record Rows(double[] logits, int[] labels, double[] probabilities, double[] gradient)
      implements PreparedLoss {
    @Override
    public double loss() {
      return evaluate(false);
    }

    @Override
    public double lossAndGradient() {
      return evaluate(true);
    }

    private double evaluate(boolean withGradient) {
      int classes = probabilities.length;
      double loss = 0;
      for (int row = 0; row < labels.length; row++) {
        softmax(row * classes);
        loss -= FastMath.log(probabilities[labels[row]]);
        for (int j = 0; withGradient && j < classes; j++) {
          double target = j == labels[row] ? 1 : 0;
          gradient[row * classes + j] = (probabilities[j] - target) / labels.length;
        }
      }
      return loss / labels.length;
    }

    private void softmax(int from) {
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

    @Override
    public void readGradient(float[] into) {
      for (int i = 0; i < into.length; i++) {
        into[i] = (float) gradient[i];
      }
    }
  }
}
