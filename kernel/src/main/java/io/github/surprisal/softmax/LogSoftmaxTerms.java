package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;

/**
 * The log-softmax backward. With u the upstream gradient, which takes the place of the target
 * masses, U its sum and p the softmax:
 *
 * <pre>
 *   gradient_j = dz / dx (u_j - U p_j)
 * </pre>
 */
public final class LogSoftmaxTerms extends RowTerms {
  /** Of logits under the options. */
  public LogSoftmaxTerms(LogitOptions logits) {
    super(logits);
  }

  @Override
  boolean needsTargets(RowBatch batch) {
    return true;
  }

  @Override
  boolean plain(RowBatch batch) {
    return true;
  }

  @Override
  void finish(RowBatch batch, RowGroup g) {
    for (int i = 0; i < g.size; i++) {
      g.loss[i] = 0;
      g.scale[i] = -logits.slope;
      g.slope[i] = -logits.slope * g.targetMass[i] * g.inverse[i];
    }
  }
}
