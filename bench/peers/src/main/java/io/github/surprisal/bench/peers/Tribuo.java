package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.Workload;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.la.DenseVector;

/** Oracle's machine-learning library in Java: each row by its objective, in doubles. */
public final class Tribuo implements Peer {
  @Override
  public String name() {
    return "tribuo";
  }

  @Override
  public String description() {
    return "Tribuo 4.3.2, LogMulticlass of each row, in doubles";
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
    private final LogMulticlass objective = new LogMulticlass();
    private final DenseVector row;

    Prepared(Workload workload) {
      super(workload);
      row = new DenseVector(workload.columns());
    }

    /** There is no way to the loss alone. */
    @Override
    public double loss() {
      return lossAndGradient();
    }

    /** The objective, which is to be maximised, leaves its gradient in place of the predictions. */
    @Override
    public double lossAndGradient(float[] predictions, float[] gradient) {
      int rows = workload.rows();
      int columns = workload.columns();
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          row.set(j, predictions[i * columns + j]);
        }
        var result = objective.lossAndGradient(workload.labels()[i], row);
        sum -= result.getA();
        var ascent = result.getB();
        for (int j = 0; j < columns; j++) {
          gradient[i * columns + j] = (float) (-ascent.get(j) / rows);
        }
      }
      return sum / rows;
    }
  }
}
