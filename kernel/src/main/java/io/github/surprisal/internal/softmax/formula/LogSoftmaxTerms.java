package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;

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
  public boolean needsTargets(RowBatch batch) {
    return true;
  }

  @Override
  public boolean plain(RowBatch batch) {
    return true;
  }

  @Override
  public void finish(RowBatch batch, Group g, SoftmaxScalars s, TargetSums t, GradientScalars out) {
    for (int i = 0; i < g.size; i++) {
      out.loss[i] = 0;
      out.scale[i] = -logits.slope;
      out.slope[i] = -logits.slope * t.mass[i] * s.inverse[i];
    }
  }
}
