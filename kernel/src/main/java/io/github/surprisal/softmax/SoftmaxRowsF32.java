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

  static final int SHORT = 0;
  static final int STAGED = 1;
  static final int LONG = 2;

  private final RowBufferF32 buffer;
  private final TargetsF32 targets;
  private final TargetSumsF32 targetSums;

  /** Layouts of short, staged and long rows: of logits as they are, and over a temperature. */
  final RowLayoutF32[][] layouts;

  /** Allocates the scratch memory. */
  public SoftmaxRowsF32() {
    this(Provider.SIMD);
  }

  SoftmaxRowsF32(boolean simd) {
    RowPassesF32 passes = simd ? new RowKernelF32() : new RowKernelF32Twin();
    buffer = new RowBufferF32();
    targets = new TargetsF32(passes);
    targetSums = new TargetSumsF32(new SpreadF32(passes), targets);
    layouts = new RowLayoutF32[][] {layouts(passes, simd, false), layouts(passes, simd, true)};
  }

  private RowLayoutF32[] layouts(RowPassesF32 passes, boolean simd, boolean tempered) {
    PassF32 sums = targetSums;
    var columns =
        simd ? ColumnPassesF32.list(sums, tempered) : ColumnPassesF32Twin.list(sums, tempered);
    var staged =
        simd ? StagedPassesF32.list(sums, tempered) : StagedPassesF32Twin.list(sums, tempered);
    var blocks = simd ? LongPassesF32.list(sums, tempered) : LongPassesF32Twin.list(sums, tempered);
    return new RowLayoutF32[] {
      new ShortRowsF32(columns, buffer),
      new StagedRowsF32(staged, passes, buffer),
      new LongRowsF32(blocks, passes, buffer)
    };
  }

  /** Row losses, their totals and, if there is one to write, the gradient of a counted batch. */
  public void run(RowBatch batch, RowTerms terms, RowGroup group) {
    boolean plain = terms.plain(batch);
    RowLayoutF32 layout = layout(batch, terms);
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
  void run(RowLayoutF32 layout, RowBatch batch, RowTerms terms, RowGroup group) {
    buffer.temperature = terms.logits.temperatureF32;
    targetSums.prepare(batch, terms, group);
    layout.normalise(batch, group);
    terms.finish(batch, group);
    if (batch.gradient.present()) {
      layout.gradient(batch, terms, targets, group);
      storeLabels(batch, group);
    }
  }

  private RowLayoutF32 layout(RowBatch batch, RowTerms terms) {
    RowLayoutF32[] of = layouts[terms.logits.tempered ? 1 : 0];
    if (batch.classes > BLOCK) {
      return of[LONG];
    }
    boolean few = batch.classes <= ShortRowsF32.MOST_CLASSES;
    return of[few && !terms.needsTargets(batch) ? SHORT : STAGED];
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
