package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;

/** Further numbers of each row that a call may ask for. */
public final class Statistics {
  private Statistics() {}

  /** Whether each label has the first of the largest logits, before anything is written there. */
  public static void correct(RowBatch batch, Group group) {
    for (int r = 0; r < group.size; r++) {
      batch.correct[group.row[r]] =
          group.label[r] >= 0 && isFirst(batch, group.row[r], group.label[r]);
    }
  }

  private static boolean isFirst(RowBatch batch, int row, int label) {
    double value = batch.logits.get(row, label);
    for (int j = 0; j < batch.classes; j++) {
      double x = batch.logits.get(row, j);
      boolean before = j < label ? x >= value : x > value;
      if (before && batch.allowed.contains(row, j)) {
        return false;
      }
    }
    return value > Double.NEGATIVE_INFINITY && batch.allowed.contains(row, label);
  }

  /** Stores what is asked for of a group; {@code unit} is that of the logits. */
  public static void store(RowBatch batch, Group group, SoftmaxScalars s, double unit) {
    for (int i = 0; i < group.size; i++) {
      int row = group.row[i];
      boolean undefined = Double.isNaN(s.inverse[i]);
      if (batch.logSumExps.present()) {
        batch.logSumExps.put(row, undefined ? Double.NaN : s.logSumExp(i, unit));
      }
      if (batch.entropies.present()) {
        batch.entropies.put(row, s.logRest[i] + s.meanBelow(i, unit));
      }
      if (batch.labelProbabilities.present()) {
        double p = group.label[i] < 0 ? Double.NaN : s.labelProbability(i);
        batch.labelProbabilities.put(row, p);
      }
      if (batch.correct != null && undefined) {
        batch.correct[row] = false;
      }
    }
  }
}
