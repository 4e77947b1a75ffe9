package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;

/**
 * What cross-entropy makes of the row scalars. With z the logits over their temperature, target
 * mass t_j of class j, A = sum of t_j, and log-sum-exp L = m + logRest:
 *
 * <pre>
 *   loss = sum of t_j (L - z_j) + l w L^2
 *   gradient_j = (scale / T) ((A + 2 l w L) p_j - t_j)
 *
 *   label y:           t_j = (1 - s) w_y [j = y] + (s / C) w_j     s label smoothing, w class weights
 *   probabilities q:   t_j = w_j ((1 - s) q_j + s / C)
 *   l weight of the z-loss, with w = w_y for a label and 1 for probabilities
 * </pre>
 *
 * A label without smoothing, or with an unweighted one, needs no t_j array: the rest of the mass is
 * the same for all classes.
 */
public final class CrossEntropyTerms extends RowTerms {
  private final double smoothing;
  private final double zLoss;

  /** Terms under label smoothing {@code smoothing} and z-loss weight {@code zLoss}. */
  public CrossEntropyTerms(LogitOptions logits, double smoothing, double zLoss) {
    super(logits);
    this.smoothing = smoothing;
    this.zLoss = zLoss;
  }

  @Override
  double targetFactor() {
    return 1 - smoothing;
  }

  @Override
  double targetConstant(int classes) {
    return smoothing / classes;
  }

  @Override
  boolean needsTargets(RowBatch batch) {
    return batch.probabilities.present() || (smoothing > 0 && batch.classWeightsF64 != null);
  }

  @Override
  boolean needsSpread(RowBatch batch) {
    return smoothing > 0 && !needsTargets(batch);
  }

  @Override
  boolean plain(RowBatch batch) {
    return smoothing == 0
        && zLoss == 0
        && batch.classWeightsF64 == null
        && !batch.weights.present()
        && !batch.probabilities.present();
  }

  @Override
  void finish(RowBatch batch, RowGroup group) {
    if (batch.probabilities.present()) {
      finishProbabilities(batch, group);
    } else {
      finishLabels(batch, group);
    }
  }

  /**
   * With t the label's own mass, b the mass that smoothing gives each class (times w_j), B their
   * sum, so that A = t + B, and Z = 2 l w_y L:
   *
   * <pre>
   *   loss = t ((m - z_y) + logRest) + B logRest + sum of b w_j (m - z_j) + l w_y L^2
   *   gradient_y = (scale / T) ((B + Z) p_y - b w_y - t (1 - p_y))
   *   1 - p_y = rest / (e_k + rest)  where z_y = m;  else p_y <= 1/2 and nothing cancels
   * </pre>
   */
  private void finishLabels(RowBatch batch, RowGroup g) {
    double[] w = batch.classWeightsF64;
    double b = targetConstant(batch.classes);
    boolean targets = needsTargets(batch);
    for (int i = 0; i < g.size; i++) {
      double wy = w == null ? 1 : w[g.label[i]];
      double t = targetFactor() * wy;
      double spreadMass = targets ? g.targetMass[i] : smoothing;
      double nll = logits.unit * (g.max[i] - g.labelLogit[i]) + g.logRest[i];
      double loss = product(t, nll);
      if (smoothing > 0) {
        double dot = targets ? g.targetDot[i] : smoothing * g.spread[i];
        loss += spreadMass * g.logRest[i] + logits.unit * dot;
      }
      g.nll[i] = nll;
      double scale = batch.scale(g.row[i]) * logits.slope;
      double inverse = g.inverse[i];
      double pull = 0;
      if (zLoss != 0) {
        double logSum = logits.unit * g.max[i] + g.logRest[i];
        loss += zLoss * wy * logSum * logSum;
        pull = 2 * zLoss * wy * logSum;
      }
      g.loss[i] = batch.rowWeight(g.row[i]) * loss;
      g.scale[i] = scale;
      g.slope[i] = scale * (t + spreadMass + pull) * inverse;
      g.uniform[i] = b == 0 ? 0 : scale * b;
      double p = g.labelExp[i] * inverse;
      g.labelGradient[i] = scale * ((spreadMass + pull) * p - b * wy - t * g.others(i, p));
    }
  }

  /** loss = A logRest + sum of t_j (m - z_j) + l L^2. */
  private void finishProbabilities(RowBatch batch, RowGroup g) {
    for (int i = 0; i < g.size; i++) {
      double loss = g.targetMass[i] * g.logRest[i] + logits.unit * g.targetDot[i];
      double mass = g.targetMass[i];
      if (zLoss != 0) {
        double logSum = logits.unit * g.max[i] + g.logRest[i];
        loss += zLoss * logSum * logSum;
        mass += 2 * zLoss * logSum;
      }
      double nll = logits.unit * (g.max[i] - g.labelLogit[i]) + g.logRest[i];
      double scale = batch.scale(g.row[i]) * logits.slope;
      g.loss[i] = batch.rowWeight(g.row[i]) * loss;
      g.nll[i] = g.label[i] < 0 ? 0 : nll;
      g.scale[i] = scale;
      g.slope[i] = scale * mass * g.inverse[i];
    }
  }
}
