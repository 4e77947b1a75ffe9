package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;
import java.util.Arrays;

/**
 * What the loss needs of the targets, as soon as the maxima are known and while the logits are
 * still there: in place, the exponentials take the memory of the logits.
 */
final class TargetSumsF32 implements PassF32 {
  private final SpreadF32 spread;
  private final TargetsF32 targets;
  private RowBatch batch;
  private RowTerms terms;
  private RowGroup group;

  TargetSumsF32(SpreadF32 spread, TargetsF32 targets) {
    this.spread = spread;
    this.targets = targets;
  }

  /** Whose sums the next run fills. */
  void prepare(RowBatch batch, RowTerms terms, RowGroup group) {
    this.batch = batch;
    this.terms = terms;
    this.group = group;
    if (terms.needsSpread(batch)) {
      Arrays.fill(group.spread, 0, group.size, Double.NaN);
    }
  }

  @Override
  public void run(RowBufferF32 b) {
    if (terms.needsTargets(batch)) {
      for (int r = 0; r < b.rows; r++) {
        targets.sum(batch, terms, group, r, b);
      }
    } else if (terms.needsSpread(batch)) {
      for (int r = 0; r < b.rows; r++) {
        if (Double.isNaN(group.spread[r])) {
          group.spread[r] = spread.mean(b.x, b.at[r], b.classes, b.max[r]);
        }
      }
    }
    if (batch.correct != null) {
      for (int r = 0; r < b.rows; r++) {
        boolean largest = group.label[r] >= 0 && group.labelLogit[r] == b.max[r];
        group.correct[r] = largest && b.prepared.first(group.row[r], group.label[r]);
      }
    }
  }
}
