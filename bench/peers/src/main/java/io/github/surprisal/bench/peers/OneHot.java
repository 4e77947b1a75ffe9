package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Workload;
import java.nio.FloatBuffer;

/**
 * What libraries without a cross-entropy of N rows leave to Java: reading the labels' entries, and
 * subtracting the one-hot targets from the softmax, softmax / N - one hot / N.
 */
record OneHot(int[] labels, int columns) {
  static OneHot of(Workload workload) {
    return new OneHot(workload.labels(), workload.columns());
  }

  /** Subtracts the targets from softmax / N. */
  void subtractFrom(FloatBuffer gradient) {
    float share = 1f / labels.length;
    for (int row = 0; row < labels.length; row++) {
      int i = entry(row);
      gradient.put(i, gradient.get(i) - share);
    }
  }

  /** Mean of -log p of the labels, from log p. */
  double meanNegativeLog(FloatBuffer logSoftmax) {
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      sum -= logSoftmax.get(entry(row));
    }
    return sum / labels.length;
  }

  /** Mean of -log p of the labels, from p / N. */
  double meanNegativeLogOfShares(FloatBuffer shares) {
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      sum -= Math.log((double) shares.get(entry(row)) * labels.length);
    }
    return sum / labels.length;
  }

  private int entry(int row) {
    return row * columns + labels[row];
  }
}
