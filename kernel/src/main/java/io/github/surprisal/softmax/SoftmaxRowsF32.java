package io.github.surprisal.softmax;

import io.github.surprisal.lane.Provider;
import io.github.surprisal.reduction.RowBatch;

/**
 * Softmax losses of rows of logits: collects kept rows into groups and takes each group through its
 * passes. Holds the scratch memory, a constant amount.
 */
public final class SoftmaxRowsF32 {
  /** Elements that are worked on at a time, within the first-level cache; the unit of sums. */
  static final int BLOCK = 2048;

  private static final RowPassesF32 PASSES =
      Provider.SIMD ? new RowKernelF32() : new RowKernelF32Twin();
  private static final GroupPassesF32 GROUP =
      Provider.SIMD ? new GroupKernelF32() : new GroupKernelF32Twin();

  private final RowLayoutF32 shortRows;
  private final RowLayoutF32 stagedRows;
  private final RowLayoutF32 longRows;

  /** Allocates the scratch memory. */
  public SoftmaxRowsF32() {
    var spread = new SpreadF32(PASSES);
    var targets = new TargetsF32(PASSES);
    shortRows = new ShortRowsF32(GROUP, spread);
    stagedRows = new StagedRowsF32(PASSES, GROUP, spread, targets);
    longRows = new LongRowsF32(PASSES, spread, targets);
  }

  /** Row losses, their totals and, if there is one to write, the gradient of a counted batch. */
  public void run(RowBatch batch, CrossEntropyTerms terms, RowGroup group) {
    boolean plain = terms.plain(batch);
    RowLayoutF32 layout = layout(batch.classes, terms.needsTargets(batch));
    int capacity = layout.capacity(batch.classes);
    for (int row = 0; row < batch.rows; ) {
      row = collect(batch, group, row, capacity);
      if (group.size == 0) {
        break;
      }
      layout.normalise(batch, terms, group);
      group.normalise();
      terms.finish(batch, group);
      group.record(batch, plain);
      if (batch.gradient.present()) {
        layout.gradient(batch, terms, group);
      }
    }
    batch.total(plain);
  }

  private RowLayoutF32 layout(int classes, boolean targets) {
    if (classes > BLOCK) {
      return longRows;
    }
    return classes <= ShortRowsF32.MOST_CLASSES && !targets ? shortRows : stagedRows;
  }

  /** Fills the group with kept rows from {@code row} on; returns the row after them. */
  private static int collect(RowBatch batch, RowGroup group, int row, int capacity) {
    group.size = 0;
    for (; row < batch.rows && group.size < capacity; row++) {
      if (batch.kept(row)) {
        int label = batch.labels == null ? -1 : batch.labels[row];
        if (label >= 0) {
          group.labelLogit[group.size] = batch.logits.arrayF32[batch.logits.at(row) + label];
        }
        group.add(row, label);
      } else {
        batch.skip(row);
      }
    }
    return row;
  }
}
