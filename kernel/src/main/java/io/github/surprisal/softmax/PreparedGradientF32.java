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
 * the tilt with an entropy term, the last factor with a softcap; +0 where a class is not allowed.
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
    float slope = (float) group.slope[i];
    if (terms.tilts()) {
      float tilt = (float) group.tilt[i];
      passes.tilt(e, y, at, TreeF32.padded(n), (float) group.max[i], slope, tilt);
      slope = 1;
    }
    float[] g = batch.gradient.arrayF32;
    int to = batch.gradient.at(row) + first;
    float[] out = terms.logits.capped ? e : g;
    int outAt = terms.logits.capped ? at : to;
    if (terms.needsTargets(batch)) {
      float[] t = targets.stage(batch, terms, row, first, n);
      passes.gradient(e, at, out, outAt, n, slope, (float) group.scale[i], t);
    } else {
      passes.gradient(e, at, out, outAt, n, slope, (float) group.uniform[i]);
    }
    if (terms.logits.capped) {
      passes.multiply(e, at, slopes, g, to, n);
    }
    if (batch.allowed.present() && !Double.isNaN(group.inverse[i])) {
      batch.allowed.fillOthers(row, first, n, g, to, 0);
    }
  }
}
