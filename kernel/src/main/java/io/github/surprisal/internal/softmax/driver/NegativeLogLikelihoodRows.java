package io.github.surprisal.internal.softmax.driver;

import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.formula.RowTerms;
import io.github.surprisal.internal.softmax.loop.Sizes;

/** The loss -w_y l_y of log-probabilities l: no loop over the classes but to clear the gradient. */
public final class NegativeLogLikelihoodRows {
  private final Group group = new Group();
  private final double[] loss = new double[Sizes.ROWS];
  private final double[] nll = new double[Sizes.ROWS];

  /** Allocates the scratch memory. */
  public NegativeLogLikelihoodRows() {}

  /** Row losses, their totals and, if there is one to write, the gradient of a counted batch. */
  public void run(RowBatch batch) {
    int next = group.collect(batch, batch.firstRow, Sizes.ROWS);
    while (group.size > 0) {
      for (int i = 0; i < group.size; i++) {
        row(batch, i);
      }
      batch.add(group.row, loss, nll, group.size);
      next = group.collect(batch, next, Sizes.ROWS);
    }
    batch.total(false);
  }

  private void row(RowBatch batch, int i) {
    int row = group.row[i];
    int label = group.label[i];
    double w = batch.classWeightsF64 == null ? 1 : batch.classWeightsF64[label];
    nll[i] = 0 - batch.logits.get(row, label);
    loss[i] = RowTerms.product(w, nll[i]);
    if (batch.gradient.present()) {
      double slope = -batch.scale(row) * w;
      batch.gradient.fill(row, batch.classes, Double.isNaN(slope) ? slope : 0);
      batch.gradient.put(row, label, slope);
    }
  }
}
