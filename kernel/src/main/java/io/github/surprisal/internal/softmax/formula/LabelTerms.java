package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;

/**
 * Losses phi of the label's probability alone. With s = -log p_y and phi' the derivative by s:
 *
 * <pre>
 *   loss = w_y phi        gradient_j = w_y phi' (p_j - [j = y])
 * </pre>
 */
abstract class LabelTerms extends RowTerms {
  LabelTerms(LogitOptions logits) {
    super(logits);
  }

  /** phi, given -log p, p and 1 - p. */
  abstract double value(double nll, double p, double others);

  /** phi'. */
  abstract double slope(double nll, double p, double others);

  @Override
  public final void finish(
      RowBatch batch, Group g, SoftmaxScalars s, TargetSums t, GradientScalars out) {
    double[] w = batch.classWeightsF64;
    for (int i = 0; i < g.size; i++) {
      double wy = w == null ? 1 : w[g.label[i]];
      double nll = s.nll(i, logits.unit);
      double p = s.labelProbability(i);
      double others = s.others(i, p);
      double scale = batch.scale(g.row[i]) * logits.slope * wy * slope(nll, p, others);
      out.loss[i] = product(wy, value(nll, p, others));
      out.nll[i] = nll;
      out.slope[i] = scale * s.inverse[i];
      out.uniform[i] = 0;
      out.atLabel[i] = 0 - scale * others;
    }
  }
}
