package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;

/** What a loss makes of the row scalars that the passes leave in a {@link RowGroup}. */
public abstract class RowTerms {
  final LogitOptions logits;

  RowTerms(LogitOptions logits) {
    this.logits = logits;
  }

  /** t_j = factor q_j + constant, before class weights. */
  double targetFactor() {
    return 1;
  }

  /** See {@link #targetFactor}. */
  double targetConstant(RowBatch batch, int row) {
    return 0;
  }

  /** Whether masses t_j differ by class beyond the label's. */
  boolean needsTargets(RowBatch batch) {
    return false;
  }

  /** Whether the mean of m - x_j is needed. */
  boolean needsSpread(RowBatch batch) {
    return false;
  }

  /** Whether the gradient has a term {@code tilt e_j (y_j - m)}, which needs the entropy. */
  boolean tilts() {
    return false;
  }

  /** Whether the sums of e_j (m - y_j) are needed. */
  final boolean needsEntropy(RowBatch batch) {
    return tilts() || batch.entropies.present();
  }

  /** Whether each row's loss is its label's negative log-likelihood. */
  boolean plain(RowBatch batch) {
    return false;
  }

  /** Loss and gradient scalars of every row of the group. */
  abstract void finish(RowBatch batch, RowGroup group);

  /** t l with 0 times infinity = 0, of either sign. */
  public static double product(double t, double l) {
    return t == 0 && Double.isInfinite(l) ? 0 : t * l;
  }
}
