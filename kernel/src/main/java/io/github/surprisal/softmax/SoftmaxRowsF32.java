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
  private final RowPassesF32 passes;
  private final SoftmaxBackwardF32 backward;

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
    passes = simd ? new RowKernelF32() : new RowKernelF32Twin();
    backward = new SoftmaxBackwardF32(passes);
    PassF32 softcap = simd ? new SoftcapPassF32() : new SoftcapPassF32Twin();
    prepared = new PreparedLogitsF32();
    buffer = new RowBufferF32(prepared, softcap);
    TargetsF32 targets = new TargetsF32(passes);
    PassF32 sums = targetSums = new TargetSumsF32(new SpreadF32(passes), targets);
    EntropySumsF32 entropy = new EntropySumsF32(passes);
    PassF32 exp = simd ? LongExpF32.plain() : LongExpF32Twin.plain();
    PassF32 temperedExp = simd ? LongExpF32.tempered() : LongExpF32Twin.tempered();
    PassF32[] columns =
        simd ? ColumnPassesF32.list(sums, false) : ColumnPassesF32Twin.list(sums, false);
    PassF32[] temperedColumns =
        simd ? ColumnPassesF32.list(sums, true) : ColumnPassesF32Twin.list(sums, true);
    PassF32[] columnGradient =
        simd ? ColumnPassesF32.gradientList() : ColumnPassesF32Twin.gradientList();
    PassF32[] staged =
        simd ? StagedPassesF32.list(sums, false) : StagedPassesF32Twin.list(sums, false);
    PassF32[] temperedStaged =
        simd ? StagedPassesF32.list(sums, true) : StagedPassesF32Twin.list(sums, true);
    PassF32[] preparedStaged =
        simd
            ? StagedPassesF32.preparedList(softcap, sums, entropy)
            : StagedPassesF32Twin.preparedList(softcap, sums, entropy);
    PassF32[] blocks = simd ? LongPassesF32.list(sums, exp) : LongPassesF32Twin.list(sums, exp);
    PassF32[] temperedBlocks =
        simd ? LongPassesF32.list(sums, temperedExp) : LongPassesF32Twin.list(sums, temperedExp);
    plain =
        new RowLayoutF32[] {
          new ShortRowsF32(columns, columnGradient, buffer),
          new StagedRowsF32(staged, passes, targets, buffer),
          new LongRowsF32(blocks, passes, targets, buffer)
        };
    tempered =
        new RowLayoutF32[] {
          new ShortRowsF32(temperedColumns, columnGradient, buffer),
          new StagedRowsF32(temperedStaged, passes, targets, buffer),
          new LongRowsF32(temperedBlocks, passes, targets, buffer)
        };
    PreparedGradientF32 gradient = new PreparedGradientF32(passes, targets);
    preparing =
        new RowLayoutF32[] {
          null,
          new PreparedRowsF32(preparedStaged, gradient, buffer),
          preparedLongRows(simd, softcap, entropy, gradient)
        };
  }

  private RowLayoutF32 preparedLongRows(
      boolean simd, PassF32 softcap, EntropySumsF32 entropy, PreparedGradientF32 gradient) {
    PassF32 add = new PreparedLongRowsF32.AddBlock(entropy, passes);
    return simd
        ? new PreparedLongRowsF32(
            LongPassesF32.preparedMaxList(targetSums),
            StagedPassesF32.blockList(softcap, add),
            StagedPassesF32.cappedBlockList(softcap, add),
            LongPassesF32.preparedSumList(),
            StagedPassesF32.blockAgainList(softcap),
            gradient,
            buffer)
        : new PreparedLongRowsF32(
            LongPassesF32Twin.preparedMaxList(targetSums),
            StagedPassesF32Twin.blockList(softcap, add),
            StagedPassesF32Twin.cappedBlockList(softcap, add),
            LongPassesF32Twin.preparedSumList(),
            StagedPassesF32Twin.blockAgainList(softcap),
            gradient,
            buffer);
  }

  /** Row losses, their totals and, if there is one to write, the gradient of a counted batch. */
  public void run(RowBatch batch, RowTerms terms, RowGroup group) {
    boolean plain = terms.plain(batch);
    RowLayoutF32 layout = layout(batch, terms);
    int capacity = layout.capacity(batch.classes);
    for (int row = batch.firstRow; row < batch.rows; ) {
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

  /** One group through its passes. */
  void run(RowLayoutF32 layout, RowBatch batch, RowTerms terms, RowGroup group) {
    prepared.load(batch, terms.logits);
    buffer.temperature = terms.logits.temperatureF32;
    buffer.entropy = terms.needsEntropy(batch);
    buffer.spreads = batch.classes > ShortRowsF32.MOST_CLASSES && terms.needsSpread(batch);
    targetSums.prepare(batch, terms, group);
    buffer.cap = terms.logits.capped ? terms.logits.capF32 : null;
    layout.normalise(batch, terms, group);
    terms.finish(batch, group);
    if (batch.gradient.present()) {
      layout.gradient(batch, terms, group);
      storeLabels(batch, group, terms.logits.capped);
    }
    if (batch.logProbabilities.present()) {
      storeLogProbabilities(batch, terms, group);
    }
  }

  /** The gradient of softmax by its logits, times {@code scale}, from the probabilities. */
  public void backward(RowBatch batch, double scale) {
    backward.run(batch, (float) scale);
  }

  private static boolean prepares(RowBatch batch, RowTerms terms) {
    return batch.hessian.present()
        || batch.gradient.same(batch.probabilities)
        || PreparedLogitsF32.needed(batch, terms.logits)
        || terms.needsEntropy(batch);
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
  static int collect(RowBatch batch, RowGroup group, int row, int capacity) {
    if (batch.keepsAll()) {
      int n = Math.min(batch.rows - row, capacity);
      group.take(row, n, batch.labels);
      return row + n;
    }
    group.size = 0;
    for (; row < batch.rows && group.size < capacity; row++) {
      if (batch.kept(row)) {
        group.add(row, batch.labels == null ? -1 : batch.labels[row]);
      } else {
        batch.skip(row);
      }
    }
    return row;
  }

  private void storeLabels(RowBatch batch, RowGroup group, boolean capped) {
    if (batch.labels == null || batch.probabilities.present()) {
      return;
    }
    int n = group.size;
    int[] at = buffer.at;
    double[] gradient = group.labelGradient;
    // Loops that C2 vectorises, before one that it cannot.
    for (int r = 0; r < n; r++) {
      at[r] = batch.gradient.at(group.row[r]) + group.label[r];
    }
    for (int r = 0; capped && r < n; r++) {
      gradient[r] *= group.labelDamping[r];
    }
    float[] g = batch.gradient.arrayF32;
    boolean all = !batch.allowed.present();
    for (int r = 0; r < n; r++) {
      if (all
          || batch.allowed.contains(group.row[r], group.label[r])
          || Double.isNaN(group.inverse[r])) {
        g[at[r]] = (float) gradient[r];
      }
    }
  }

  /** log p_j = (z_j - m) - logRest, two terms of one sign. */
  private void storeLogProbabilities(RowBatch batch, RowTerms terms, RowGroup group) {
    float unit = (float) terms.logits.unit;
    for (int r = 0; r < group.size; r++) {
      int from = batch.logits.at(group.row[r]);
      int to = batch.logProbabilities.at(group.row[r]);
      float max = (float) group.max[r];
      float logRest = (float) group.logRest[r];
      float[] y = batch.logProbabilities.arrayF32;
      passes.logProbabilities(
          batch.logits.arrayF32, from, y, to, batch.classes, max, unit, logRest);
    }
  }
}
