package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;

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
  public boolean plain(RowBatch batch) {
    return true;
  }

  @Override
  public void finish(RowBatch batch, Group g, SoftmaxScalars s, TargetSums t, GradientScalars out) {
    for (int i = 0; i < g.size; i++) {
      boolean undefined = Double.isNaN(s.inverse[i]);
      out.loss[i] = undefined ? limit(batch, g.row[i], s.max[i]) : s.logSumExp(i, logits.unit);
      out.slope[i] = batch.scale(g.row[i]) * factor * s.inverse[i];
      out.uniform[i] = 0;
    }
  }

  /** L of a row that has no softmax: its maximum, unless there is a NaN. */
  private static double limit(RowBatch batch, int row, double max) {
    if (!Double.isInfinite(max)) {
      return Double.NaN;
    }
    for (int j = 0; j < batch.classes; j++) {
      if (Double.isNaN(batch.logits.get(row, j))) {
        return Double.NaN;
      }
    }
    return max;
  }
}
