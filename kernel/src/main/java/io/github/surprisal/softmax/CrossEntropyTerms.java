package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;

/**
 * What cross-entropy makes of the row scalars. With target mass t_j of class j, A = sum of t_j, and
 * log-sum-exp L = m + logRest:
 *
 * <pre>
 *   loss = sum of t_j (L - x_j)        gradient_j = scale (A p_j - t_j)
 *
 *   label y:           t_j = (1 - s) w_y [j = y] + (s / C) w_j     s label smoothing, w class weights
 *   probabilities q:   t_j = w_j ((1 - s) q_j + s / C)
 * </pre>
 *
 * A label without smoothing, or with an unweighted one, needs no t_j array: the rest of the mass is
 * the same for all classes.
 */
public final class CrossEntropyTerms {
  private final double smoothing;

  /** Terms under label smoothing {@code smoothing}. */
  public CrossEntropyTerms(double smoothing) {
    this.smoothing = smoothing;
  }

  /** t_j = factor q_j + constant, before class weights. */
  double targetFactor() {
    return 1 - smoothing;
  }

  /** See {@link #targetFactor}. */
  double targetConstant(int classes) {
    return smoothing / classes;
  }

  /** Whether masses t_j differ by class beyond the label's. */
  boolean needsTargets(RowBatch batch) {
    return batch.probabilities.present() || (smoothing > 0 && batch.classWeightsF64 != null);
  }

  /** Whether the mean of m - x_j is needed. */
  boolean needsSpread(RowBatch batch) {
    return smoothing > 0 && !needsTargets(batch);
  }

  /** Whether each row's loss is its label's negative log-likelihood. */
  boolean plain(RowBatch batch) {
    return smoothing == 0
        && batch.classWeightsF64 == null
        && !batch.weights.present()
        && !batch.probabilities.present();
  }

  /** Loss and gradient scalars of every row of the group. */
  void finish(RowBatch batch, RowGroup group) {
    if (batch.probabilities.present()) {
      finishProbabilities(batch, group);
    } else {
      finishLabels(batch, group);
    }
  }

  /**
   * With t the label's own mass, b the mass that smoothing gives each class (times w_j) and B their
   * sum, so that A = t + B:
   *
   * <pre>
   *   loss = t ((m - x_y) + logRest) + B logRest + sum of b w_j (m - x_j)
   *   gradient_y = scale (B p_y - b w_y - t (1 - p_y))
   *   1 - p_y = rest / (e_k + rest)  where x_y = m;  else p_y <= 1/2 and nothing cancels
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
      double nll = (g.max[i] - g.labelLogit[i]) + g.logRest[i];
      double loss = product(t, nll);
      if (smoothing > 0) {
        double dot = targets ? g.targetDot[i] : smoothing * g.spread[i];
        loss += spreadMass * g.logRest[i] + dot;
      }
      double r = batch.rowWeight(g.row[i]);
      g.loss[i] = r * loss;
      g.nll[i] = nll;
      double scale = batch.scale(g.row[i]);
      double inverse = g.inverse[i];
      g.scale[i] = scale;
      g.slope[i] = scale * (t + spreadMass) * inverse;
      g.uniform[i] = b == 0 ? 0 : scale * b;
      boolean first = g.labelLogit[i] == g.max[i];
      double p = g.labelExp[i] * inverse;
      double others = first ? g.rest[i] * inverse : 1 - p;
      g.labelGradient[i] = scale * (spreadMass * p - b * wy - t * others);
    }
  }

  /** loss = A logRest + sum of t_j (m - x_j). */
  private void finishProbabilities(RowBatch batch, RowGroup g) {
    for (int i = 0; i < g.size; i++) {
      double loss = g.targetMass[i] * g.logRest[i] + g.targetDot[i];
      double scale = batch.scale(g.row[i]);
      g.loss[i] = batch.rowWeight(g.row[i]) * loss;
      g.nll[i] = g.label[i] < 0 ? 0 : (g.max[i] - g.labelLogit[i]) + g.logRest[i];
      g.scale[i] = scale;
      g.slope[i] = scale * g.targetMass[i] * g.inverse[i];
    }
  }

  /** t l with 0 times infinity = 0. */
  static double product(double t, double l) {
    return t == 0 && l == Double.POSITIVE_INFINITY ? 0 : t * l;
  }
}
