package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;

/** What a loss makes of the scalars of rows. */
public abstract class RowTerms {
  public final LogitOptions logits;

  RowTerms(LogitOptions logits) {
    this.logits = logits;
  }

  /** t_j = factor q_j + constant, before class weights. */
  public double targetFactor() {
    return 1;
  }

  /** See {@link #targetFactor}. */
  public double targetConstant(RowBatch batch, int row) {
    return 0;
  }

  /** Whether masses t_j differ by class beyond the label's. */
  public boolean needsTargets(RowBatch batch) {
    return false;
  }

  /** Whether the mean of m - x_j is needed. */
  public boolean needsGap(RowBatch batch) {
    return false;
  }

  /** Whether the gradient has a term {@code tilt e_j (x_j - m)}, which needs the entropy. */
  public boolean tilts() {
    return false;
  }

  /** Whether the sums of e_j (m - x_j) are needed. */
  public final boolean needsEntropy(RowBatch batch) {
    return tilts() || batch.entropies.present();
  }

  /** Whether each row's loss is its label's negative log-likelihood. */
  public boolean plain(RowBatch batch) {
    return false;
  }

  /** Loss and gradient scalars of every row of the group. */
  public abstract void finish(
      RowBatch batch, Group group, SoftmaxScalars s, TargetSums t, GradientScalars out);

  /** t l with 0 times infinity = 0, of either sign. */
  public static double product(double t, double l) {
    return t == 0 && Double.isInfinite(l) ? 0 : t * l;
  }
}
