package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;

/** The loss -w_y l_y of log-probabilities l: no pass over the classes but to clear the gradient. */
public final class NegativeLogLikelihoodRows {
  private NegativeLogLikelihoodRows() {}

  /** Row losses, their totals and, if there is one to write, the gradient of a counted batch. */
  public static void run(RowBatch batch, RowGroup group) {
    group.size = 0;
    for (int row = batch.firstRow; row < batch.rows; row++) {
      if (batch.kept(row)) {
        add(batch, group, row);
      } else {
        batch.skip(row);
      }
    }
    group.record(batch, false, 1);
    batch.total(false);
  }

  private static void add(RowBatch batch, RowGroup group, int row) {
    if (group.size == RowGroup.CAPACITY) {
      group.record(batch, false, 1);
      group.size = 0;
    }
    int label = batch.labels[row];
    double w = batch.classWeightsF64 == null ? 1 : batch.classWeightsF64[label];
    double nll = 0 - batch.logits.get(row, label);
    group.nll[group.size] = nll;
    group.loss[group.size] = CrossEntropyTerms.product(w, nll);
    group.add(row, label);
    if (batch.gradient.present()) {
      double slope = -batch.scale(row) * w;
      batch.gradient.fill(row, batch.classes, Double.isNaN(slope) ? slope : 0);
      batch.gradient.put(row, label, slope);
    }
  }
}
