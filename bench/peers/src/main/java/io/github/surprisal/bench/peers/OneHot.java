package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Workload;
import java.nio.FloatBuffer;

/**
 * The one-hot targets of N rows over N, as what a gradient of softmax lacks: softmax / N - one hot
 * / N. Few libraries give the gradient itself.
 */
record OneHot(int[] labels, int columns) {
  static OneHot of(Workload workload) {
    return new OneHot(workload.labels(), workload.columns());
  }

  /** Subtracts them from softmax / N. */
  void subtractFrom(FloatBuffer gradient) {
    float share = 1f / labels.length;
    for (int row = 0; row < labels.length; row++) {
      int i = row * columns + labels[row];
      gradient.put(i, gradient.get(i) - share);
    }
  }

  /** Mean of -log p over the rows, where p are the labels' entries in log softmax. */
  double meanNegativeLog(FloatBuffer logSoftmax) {
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      sum -= logSoftmax.get(row * columns + labels[row]);
    }
    return sum / labels.length;
  }
}
