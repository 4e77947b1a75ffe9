package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;

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
  final void finish(RowBatch batch, RowGroup g) {
    double[] w = batch.classWeightsF64;
    for (int i = 0; i < g.size; i++) {
      double wy = w == null ? 1 : w[g.label[i]];
      double nll = logits.unit * (g.max[i] - g.labelLogit[i]) + g.logRest[i];
      double p = g.labelExp[i] * g.inverse[i];
      double others = g.others(i, p);
      double scale = batch.scale(g.row[i]) * logits.slope * wy * slope(nll, p, others);
      g.loss[i] = product(wy, value(nll, p, others));
      g.nll[i] = nll;
      g.slope[i] = scale * g.inverse[i];
      g.uniform[i] = 0;
      g.labelGradient[i] = 0 - scale * others;
    }
  }
}
