package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import smile.math.MathEx;

/** Smile, which has softmax in Java; loss and gradient are made of it here. */
public final class Smile implements Peer {
  @Override
  public String name() {
    return "smile";
  }

  @Override
  public String description() {
    return "Smile 6.3.0, MathEx.softmax of each row, the loss its -log: infinite if it underflows";
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
  public PreparedLoss prepare(Workload workload, int threads) {
    return new Prepared(workload);
  }

  private static final class Prepared extends ArrayLoss {
    private final float[] row;

    Prepared(Workload workload) {
      super(workload);
      row = new float[workload.columns()];
    }

    @Override
    public double loss() {
      double sum = 0;
      for (int i = 0; i < workload.rows(); i++) {
        sum += rowLoss(workload.predictions(), i);
      }
      return sum / workload.rows();
    }

    @Override
    public double lossAndGradient(float[] predictions, float[] gradient) {
      float share = 1f / workload.rows();
      double sum = 0;
      for (int i = 0; i < workload.rows(); i++) {
        sum += rowLoss(predictions, i);
        int start = i * row.length;
        for (int j = 0; j < row.length; j++) {
          gradient[start + j] = row[j] * share;
        }
        gradient[start + workload.labels()[i]] -= share;
      }
      return sum / workload.rows();
    }

    /** -log of the label's softmax, which is left in the row. */
    private double rowLoss(float[] predictions, int i) {
      System.arraycopy(predictions, i * row.length, row, 0, row.length);
      MathEx.softmax(row);
      return -Math.log(row[workload.labels()[i]]);
    }
  }
}
