package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;

/**
 * Takes a group of whole rows of a student and its teacher to their forward KL, where nothing is
 * added to it, and to the gradient
 *
 * <pre>
 *   scale (q_j - p_j)
 * </pre>
 */
final class StagedKlF32 {
  private final PairRowF32 pairs;
  private final DirectSumsF32 direct;
  private final RowGroup p;
  private final RowGroup q;

  StagedKlF32(PairRowF32 pairs) {
    this.pairs = pairs;
    direct = pairs.direct;
    p = direct.pair.teacher.group;
    q = direct.pair.student.group;
  }

  /** The rows of the group, which both sides have normalised. */
  void run(RowBatch batch, DistillationTerms terms, RowGroup group) {
    boolean gradient = batch.gradient.present();
    if (gradient) {
      direct.pair.g = batch.gradient.arrayF32;
      for (int r = 0; r < group.size; r++) {
        double scale = batch.scale(group.row[r]) * terms.factor() * terms.student().slope;
        group.scale[r] = scale;
        direct.slope[r] = (float) (scale * q.inverse[r]);
        direct.scale[r] = (float) (scale * p.inverse[r]);
        direct.to[r] = batch.gradient.at(group.row[r]);
      }
      direct.takeWithGradients();
    } else {
      direct.take();
    }
    direct.pair.g = null;
    for (int r = 0; r < group.size; r++) {
      group.loss[r] += terms.factor() * value(batch, terms, group, r);
    }
    for (int r = 0; gradient && r < group.size; r++) {
      finish(batch, group, r);
    }
  }

  private double value(RowBatch batch, DistillationTerms terms, RowGroup group, int r) {
    double value = direct.value(r);
    boolean undefined = Double.isNaN(q.inverse[r]) || Double.isNaN(p.inverse[r]);
    if (undefined) {
      return Double.NaN;
    }
    return direct.isEnough(value) ? value : pairs.near(batch, terms, group, r);
  }

  /** Single elements of the gradient of row r of the group, and all of one that has none. */
  private void finish(RowBatch batch, RowGroup group, int r) {
    float[] g = batch.gradient.arrayF32;
    int row = group.row[r];
    int to = direct.to[r];
    int k = q.first[r];
    if (k == p.first[r]) {
      double complement = q.rest[r] * q.inverse[r];
      PairGradientF32.largest(g, to + k, complement, p.rest[r] * p.inverse[r], 1, group.scale[r]);
    }
    if (batch.allowed.present()) {
      batch.allowed.fillOthers(row, 0, batch.classes, g, to, 0);
    }
    if (Double.isNaN(group.loss[r])) {
      batch.gradient.fill(row, batch.classes, Double.NaN);
    }
  }
}
