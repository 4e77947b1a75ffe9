package io.github.surprisal.softmax;

import io.github.surprisal.lane.TemperatureF32;
import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.TreeF32;

/** Logits as the softmax sees them: -infinity where a class is not allowed, and capped. */
final class PreparedLogitsF32 {
  private final RowPassesF32 passes;
  private RowBatch batch;
  private LogitOptions options;
  private TemperatureF32 scale;
  private final float[] one = new float[TreeF32.LANES];
  private final float[] slope = new float[TreeF32.LANES];

  PreparedLogitsF32(RowPassesF32 passes) {
    this.passes = passes;
  }

  /** Which call follows. */
  void load(RowBatch batch, LogitOptions options) {
    this.batch = batch;
    this.options = options;
    scale = options.capF32;
  }

  /** Whether a call needs this at all. */
  static boolean needed(RowBatch batch, LogitOptions options) {
    return options.capped || batch.allowed.present();
  }

  /**
   * In place: logits of classes [first, first + n) of a row, padded to whole strips of 16; beside
   * them the slopes of the softcap.
   */
  void prepare(int row, int first, int n, float[] e, float[] slopes, int at) {
    forbid(row, first, n, e, at);
    if (options.capped) {
      passes.softcap(e, slopes, at, TreeF32.padded(n), scale);
    }
  }

  /** The first half of {@link #prepare}, which is enough to compare logits. */
  void forbid(int row, int first, int n, float[] e, int at) {
    if (batch.allowed.present()) {
      batch.allowed.fillOthers(row, first, n, e, at, Float.NEGATIVE_INFINITY);
    }
  }

  /** The other half, of one logit. */
  float capped(float x) {
    one[0] = x;
    if (options.capped) {
      passes.softcap(one, slope, 0, TreeF32.LANES, scale);
    }
    return one[0];
  }

  /** The slope of the softcap at the logit of a label; 1 without a softcap. */
  double slopeOfLabel(int row, int label) {
    capped(batch.logits.arrayF32[batch.logits.at(row) + label]);
    return options.capped ? slope[0] : 1;
  }

  /** What becomes of the logit of a label. */
  double ofLabel(int row, int label) {
    float x = batch.logits.arrayF32[batch.logits.at(row) + label];
    return batch.allowed.contains(row, label) ? capped(x) : Double.NEGATIVE_INFINITY;
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
