package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.TreeF32;

/** Logits as the softmax sees them: -infinity where a class is not allowed, and capped. */
final class PreparedLogitsF32 {
  private RowBatch batch;
  private LogitOptions options;

  /** Which call follows. */
  void load(RowBatch batch, LogitOptions options) {
    this.batch = batch;
    this.options = options;
  }

  /** Whether a call needs this at all. */
  static boolean needed(RowBatch batch, LogitOptions options) {
    return options.capped || batch.allowed.present();
  }

  /** Whether there are classes that are not allowed. */
  boolean forbids() {
    return batch.allowed.present();
  }

  /** Makes logits of classes [first, first + n) of a row -infinity where they are not allowed. */
  void forbid(int row, int first, int n, float[] e, int at) {
    if (batch.allowed.present()) {
      batch.allowed.fillOthers(row, first, n, e, at, Float.NEGATIVE_INFINITY);
    }
  }

  /** What becomes of the logits of the labels, and their slopes; in place, they are gone later. */
  void labels(RowGroup group, RowBufferF32 b) {
    for (int i = 0; i < group.size; i++) {
      int label = Math.max(group.label[i], 0);
      b.e[i] = batch.logits.arrayF32[batch.logits.at(group.row[i]) + label];
    }
    b.cap(TreeF32.padded(group.size));
    for (int i = 0; i < group.size; i++) {
      boolean allowed = group.label[i] >= 0 && batch.allowed.contains(group.row[i], group.label[i]);
      group.labelLogit[i] = allowed ? b.e[i] : Double.NEGATIVE_INFINITY;
      if (options.capped) {
        group.labelDamping[i] = b.slopes[i];
      }
    }
  }

  /** Whether a label, whose logit is a largest one, is the first of the largest as given. */
  boolean first(int row, int label) {
    float[] x = batch.logits.arrayF32;
    int at = batch.logits.at(row);
    float value = x[at + label];
    // Only a softcap may have made a larger one equal.
    int end = options.capped ? batch.classes : label;
    for (int j = 0; j < end; j++) {
      boolean before = j < label ? x[at + j] >= value : x[at + j] > value;
      if (before && batch.allowed.contains(row, j)) {
        return false;
      }
    }
    return value > Float.NEGATIVE_INFINITY;
  }
}
