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
  private final PreparedLogitsF32 prepared;
  private final TargetSumsF32 targetSums;

  /** Layouts of short, staged and long rows of logits as they are, and over a temperature. */
  final RowLayoutF32[] plain;

  final RowLayoutF32[] tempered;

  /** Layouts of staged and long rows of prepared logits. */
  final RowLayoutF32[] preparing;

  /** Allocates the scratch memory. */
  public SoftmaxRowsF32() {
    this(Provider.SIMD);
  }

  SoftmaxRowsF32(boolean simd) {
    RowPassesF32 passes = simd ? new RowKernelF32() : new RowKernelF32Twin();
    prepared = new PreparedLogitsF32(passes);
    buffer = new RowBufferF32(prepared);
    TargetsF32 targets = new TargetsF32(passes);
    PassF32 sums = targetSums = new TargetSumsF32(new SpreadF32(passes), targets);
    EntropySumsF32 entropy = new EntropySumsF32(passes);
    PassF32 exp = simd ? new LongExpF32.Plain(entropy) : new LongExpF32Twin.Plain(entropy);
    PassF32 temperedExp =
        simd ? new LongExpF32.Tempered(entropy) : new LongExpF32Twin.Tempered(entropy);
    PassF32[] columns =
        simd ? ColumnPassesF32.list(sums, false) : ColumnPassesF32Twin.list(sums, false);
    PassF32[] temperedColumns =
        simd ? ColumnPassesF32.list(sums, true) : ColumnPassesF32Twin.list(sums, true);
    PassF32[] staged =
        simd ? StagedPassesF32.list(sums, false) : StagedPassesF32Twin.list(sums, false);
    PassF32[] temperedStaged =
        simd ? StagedPassesF32.list(sums, true) : StagedPassesF32Twin.list(sums, true);
    PassF32[] preparedStaged =
        simd
            ? StagedPassesF32.preparedList(sums, entropy)
            : StagedPassesF32Twin.preparedList(sums, entropy);
    PassF32[] blocks = simd ? LongPassesF32.list(sums, exp) : LongPassesF32Twin.list(sums, exp);
    PassF32[] temperedBlocks =
        simd ? LongPassesF32.list(sums, temperedExp) : LongPassesF32Twin.list(sums, temperedExp);
    PassF32[] preparedBlocks =
        simd
            ? LongPassesF32.preparedList(sums, temperedExp)
            : LongPassesF32Twin.preparedList(sums, temperedExp);
    plain =
        new RowLayoutF32[] {
          new ShortRowsF32(columns, buffer),
          new StagedRowsF32(staged, passes, targets, buffer),
          new LongRowsF32(blocks, passes, targets, buffer)
        };
    tempered =
        new RowLayoutF32[] {
          new ShortRowsF32(temperedColumns, buffer),
          new StagedRowsF32(temperedStaged, passes, targets, buffer),
          new LongRowsF32(temperedBlocks, passes, targets, buffer)
        };
    PreparedGradientF32 gradient = new PreparedGradientF32(passes, targets);
    preparing =
        new RowLayoutF32[] {
          null,
          new PreparedRowsF32(preparedStaged, gradient, buffer),
          new PreparedLongRowsF32(preparedBlocks, (BlockExpF32) temperedExp, gradient, buffer)
        };
  }

  /** Row losses, their totals and, if there is one to write, the gradient of a counted batch. */
  public void run(RowBatch batch, RowTerms terms, RowGroup group) {
    boolean plain = terms.plain(batch);
    RowLayoutF32 layout = layout(batch, terms);
    int capacity = layout.capacity(batch.classes);
    prepared.load(batch, terms.logits);
    for (int row = 0; row < batch.rows; ) {
      row = collect(batch, group, row, capacity);
      if (group.size == 0) {
        break;
      }
      run(layout, batch, terms, group);
      group.record(batch, plain, terms.logits.unit);
    }
    buffer.release();
    batch.total(plain);
  }

  /** What the softmax sees of the logit of the label of a row. */
  double labelLogit(RowBatch batch, RowTerms terms, int row) {
    prepared.load(batch, terms.logits);
    return prepared.ofLabel(row, batch.labels[row]);
  }

  /** One group through its passes. */
  void run(RowLayoutF32 layout, RowBatch batch, RowTerms terms, RowGroup group) {
    buffer.temperature = terms.logits.temperatureF32;
    buffer.entropy = terms.needsEntropy(batch);
    buffer.prepares = prepares(batch, terms);
    targetSums.prepare(batch, terms, group);
    // In place, the logits are gone when the gradient is there.
    for (int r = 0; r < group.size; r++) {
      int label = group.label[r];
      group.labelDamping[r] = label < 0 ? 1 : prepared.slopeOfLabel(group.row[r], label);
    }
    layout.normalise(batch, terms, group);
    terms.finish(batch, group);
    if (batch.gradient.present()) {
      layout.gradient(batch, terms, group);
      storeLabels(batch, group);
    }
  }

  private static boolean prepares(RowBatch batch, RowTerms terms) {
    return PreparedLogitsF32.needed(batch, terms.logits) || terms.needsEntropy(batch);
  }

  private RowLayoutF32 layout(RowBatch batch, RowTerms terms) {
    boolean prepares = prepares(batch, terms);
    RowLayoutF32[] layouts = prepares ? preparing : terms.logits.tempered() ? tempered : plain;
    if (batch.classes > BLOCK) {
      return layouts[LONG];
    }
    boolean few = batch.classes <= ShortRowsF32.MOST_CLASSES;
    return layouts[few && !prepares && !terms.needsTargets(batch) ? SHORT : STAGED];
  }

  /** Fills the group with kept rows from {@code row} on; returns the row after them. */
  private int collect(RowBatch batch, RowGroup group, int row, int capacity) {
    group.size = 0;
    for (; row < batch.rows && group.size < capacity; row++) {
      if (batch.kept(row)) {
        int label = batch.labels == null ? -1 : batch.labels[row];
        if (label >= 0) {
          group.labelLogit[group.size] = prepared.ofLabel(row, label);
        }
        group.add(row, label);
      } else {
        batch.skip(row);
      }
    }
    return row;
  }

  private static void storeLabels(RowBatch batch, RowGroup group) {
    if (batch.probabilities.present()) {
      return;
    }
    for (int r = 0; r < group.size; r++) {
      int row = group.row[r];
      int label = group.label[r];
      double gradient = group.labelGradient[r] * group.labelDamping[r];
      if (batch.allowed.contains(row, label) || Double.isNaN(group.inverse[r])) {
        batch.gradient.put(row, label, gradient);
      }
    }
  }
}
