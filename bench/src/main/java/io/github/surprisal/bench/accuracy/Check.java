package io.github.surprisal.bench.accuracy;

import io.github.surprisal.bench.peer.Peer;
import io.github.surprisal.bench.peer.PreparedLoss;
import io.github.surprisal.bench.peer.SurprisalFloat64;
import io.github.surprisal.bench.peer.Workload;

/**
 * Whether a measured result is right at all, by the float64 kernels over the whole batch, and how
 * accurate, by the oracle over its first rows. It is recorded and shown beside the speed, whatever
 * it says.
 *
 * @param lossError relative error of the loss
 * @param gradientError largest error of the gradient, relative to its largest element
 * @param accuracy on the first rows
 */
public record Check(double lossError, double gradientError, Accuracy accuracy) {
  private static final double TOLERANCE = 1e-3;
  private static final int MOST_ELEMENTS = 4096;

  /** Checks a peer that is ready to be measured. */
  public static Check of(Peer peer, PreparedLoss prepared, Workload workload) {
    float[] actual = new float[workload.elements()];
    float[] expected = new float[workload.elements()];
    double loss = prepared.lossAndGradient();
    prepared.readGradient(actual);
    double trueLoss;
    try (var exact = new SurprisalFloat64().prepare(workload, 1)) {
      trueLoss = exact.lossAndGradient();
      exact.readGradient(expected);
    }
    double largest = 0;
    double error = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs((double) actual[i] - expected[i]));
    }
    int rows = Math.clamp(MOST_ELEMENTS / workload.columns(), 1, workload.rows());
    var few = workload.firstRows(rows);
    return new Check(
        Math.abs(loss - trueLoss) / Math.abs(trueLoss),
        error / largest,
        Accuracy.of(peer, few, Truth.of(few)));
  }

  /** Whether the result deserves the name. */
  public boolean isRight() {
    return lossError <= TOLERANCE && gradientError <= TOLERANCE;
  }
}
