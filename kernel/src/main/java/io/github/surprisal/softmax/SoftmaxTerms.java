package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;

/**
 * The softmax p and its log-sum-exp L = m + logRest. The row loss is L, the gradient
 *
 * <pre>
 *   scale factor p_j
 * </pre>
 *
 * with factor dz / dx that of L, with 1 the softmax itself.
 */
public final class SoftmaxTerms extends RowTerms {
  private final double factor;

  /** See above. */
  public SoftmaxTerms(LogitOptions logits, double factor) {
    super(logits);
    this.factor = factor;
  }

  @Override
  boolean plain(RowBatch batch) {
    return true;
  }

  @Override
  void finish(RowBatch batch, RowGroup g) {
    for (int i = 0; i < g.size; i++) {
      boolean undefined = Double.isNaN(g.inverse[i]);
      g.loss[i] = undefined ? limit(batch, g, i) : g.logSumExp(i, logits.unit);
      g.slope[i] = batch.scale(g.row[i]) * factor * g.inverse[i];
      g.uniform[i] = 0;
    }
  }

  /** L of a row that has no softmax: its maximum, unless there is a NaN. */
  private static double limit(RowBatch batch, RowGroup g, int i) {
    if (!Double.isInfinite(g.max[i])) {
      return Double.NaN;
    }
    for (int j = 0; j < batch.classes; j++) {
      if (Double.isNaN(batch.logits.get(g.row[i], j))) {
        return Double.NaN;
      }
    }
    return g.max[i];
  }
}
