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

  private final RowBufferF32 buffer;
  private final TargetsF32 targets;
  private final TargetSumsF32 targetSums;
  final RowLayoutF32 shortRows;
  final RowLayoutF32 stagedRows;
  final RowLayoutF32 longRows;

  /** Allocates the scratch memory. */
  public SoftmaxRowsF32() {
    this(Provider.SIMD);
  }

  SoftmaxRowsF32(boolean simd) {
    RowPassesF32 passes = simd ? new RowKernelF32() : new RowKernelF32Twin();
    buffer = new RowBufferF32();
    targets = new TargetsF32(passes);
    targetSums = new TargetSumsF32(new SpreadF32(passes), targets);
    var columns = simd ? ColumnPassesF32.list(targetSums) : ColumnPassesF32Twin.list(targetSums);
    var staged = simd ? StagedPassesF32.list(targetSums) : StagedPassesF32Twin.list(targetSums);
    var blocks = simd ? LongPassesF32.list(targetSums) : LongPassesF32Twin.list(targetSums);
    shortRows = new ShortRowsF32(columns, buffer);
    stagedRows = new StagedRowsF32(staged, passes, buffer);
    longRows = new LongRowsF32(blocks, passes, buffer);
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
      run(layout, batch, terms, group);
      group.record(batch, plain);
    }
    buffer.release();
    batch.total(plain);
  }

  /** One group through its passes. */
  void run(RowLayoutF32 layout, RowBatch batch, CrossEntropyTerms terms, RowGroup group) {
    targetSums.prepare(batch, terms, group);
    layout.normalise(batch, group);
    terms.finish(batch, group);
    if (batch.gradient.present()) {
      layout.gradient(batch, terms, targets, group);
      storeLabels(batch, group);
    }
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

  private static void storeLabels(RowBatch batch, RowGroup group) {
    if (!batch.probabilities.present()) {
      for (int r = 0; r < group.size; r++) {
        int at = batch.gradient.at(group.row[r]) + group.label[r];
        batch.gradient.arrayF32[at] = (float) group.labelGradient[r];
      }
    }
  }
}
