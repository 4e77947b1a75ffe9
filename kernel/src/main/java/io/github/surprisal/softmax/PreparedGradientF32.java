package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.TreeF32;

/**
 * The gradient of a block of prepared logits y, with exponentials e:
 *
 * <pre>
 *   (e_j (slope + tilt (y_j - m)) - scale t_j) sech^2(x_j / (T c))
 * </pre>
 *
 * the tilt with an entropy term, the last factor with a softcap, to e_j first where neither tilt
 * nor targets come between; +0 where a class is not allowed, unless the row is NaN.
 */
final class PreparedGradientF32 {
  private final RowPassesF32 passes;
  private final TargetsF32 targets;

  PreparedGradientF32(RowPassesF32 passes, TargetsF32 targets) {
    this.passes = passes;
    this.targets = targets;
  }

  /**
   * Classes [first, first + n) of row i of the group, from the exponentials, prepared logits and
   * slopes of the softcap at e[at], y[at] and slopes[at], which are padded to whole strips of 16.
   */
  void block(
      RowBatch batch,
      RowTerms terms,
      RowGroup group,
      int i,
      int first,
      int n,
      float[] e,
      float[] y,
      float[] slopes,
      int at) {
    int row = group.row[i];
    float[] g = batch.gradient.arrayF32;
    int to = batch.gradient.at(row) + first;
    if (terms.logits.capped && scalesAll(batch, terms, group, i)) {
      passes.multiply(e, at, slopes, at, g, to, n, (float) group.slope[i]);
      clear(batch, group, i, first, n);
      return;
    }
    if (batch.hessian.present()) {
      hessian(batch, group, i, first, n, e, at);
    }
    float slope = (float) group.slope[i];
    if (terms.tilts()) {
      float tilt = (float) group.tilt[i];
      passes.tilt(e, y, at, TreeF32.padded(n), (float) group.max[i], slope, tilt);
      slope = 1;
    }
    float[] out = terms.logits.capped ? e : g;
    int outAt = terms.logits.capped ? at : to;
    if (terms.needsTargets(batch)) {
      float[] t = targets.stage(batch, terms, row, first, n);
      passes.gradient(e, at, out, outAt, n, slope, (float) group.scale[i], t);
    } else {
      passes.gradient(e, at, out, outAt, n, slope, (float) group.uniform[i]);
    }
    if (terms.logits.capped) {
      passes.multiply(e, at, slopes, at, g, to, n, 1);
    }
    clear(batch, group, i, first, n);
  }

  /**
   * Whether the gradient is a multiple of what a row's exponentials and slopes of a softcap are.
   */
  static boolean scalesAll(RowBatch batch, RowTerms terms, RowGroup group, int i) {
    boolean damped = terms.logits.capped && group.uniform[i] != 0;
    return !damped && !terms.tilts() && !terms.needsTargets(batch) && !batch.hessian.present();
  }

  /** Classes [first, first + n) of such a row, from e[at], which may be the gradient itself. */
  void scale(RowBatch batch, RowGroup group, int i, int first, int n, float[] e, int at) {
    int to = batch.gradient.at(group.row[i]) + first;
    float slope = (float) group.slope[i];
    passes.gradient(e, at, batch.gradient.arrayF32, to, n, slope, (float) group.uniform[i]);
    clear(batch, group, i, first, n);
  }

  private static void clear(RowBatch batch, RowGroup group, int i, int first, int n) {
    if (batch.allowed.present() && !Double.isNaN(group.slope[i])) {
      int row = group.row[i];
      int to = batch.gradient.at(row) + first;
      batch.allowed.fillOthers(row, first, n, batch.gradient.arrayF32, to, 0);
    }
  }

  /** factor A p (1 - p), where 1 - p of the largest is the sum of the others. */
  private void hessian(RowBatch batch, RowGroup group, int i, int first, int n, float[] e, int at) {
    float[] h = batch.hessian.arrayF32;
    int to = batch.hessian.at(group.row[i]) + first;
    double inverse = group.inverse[i];
    double factor = batch.hessianFactor * group.curvature[i];
    double floor = Math.scalb(batch.hessianFloor, -batch.scaleExponent(group.row[i]));
    passes.hessian(e, at, h, to, n, (float) inverse, (float) factor, (float) floor);
    int k = group.first[i] - first;
    if (k >= 0 && k < n) {
      double largest = factor * (e[at + k] * inverse) * (group.rest[i] * inverse);
      h[to + k] = (float) (largest < floor ? floor : largest);
    }
    if (batch.allowed.present() && !Double.isNaN(factor * inverse)) {
      batch.allowed.fillOthers(group.row[i], first, n, h, to, 0);
    }
  }
}
