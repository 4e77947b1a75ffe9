package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.lane.ExpF64Twin;
import io.github.surprisal.lane.Provider;
import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.Rows;
import io.github.surprisal.reduction.TreeF32;
import java.util.Arrays;

/**
 * Divergences of rows of logits from those of a teacher: collects kept rows into groups and takes
 * both sides through the passes of a softmax, then each row through those of the divergence. Holds
 * the scratch memory, a constant amount.
 */
public final class DistillationRowsF32 {
  private final PreparedLogitsF32 prepared = new PreparedLogitsF32();
  private final SideF32 student = new SideF32(prepared);
  private final SideF32 teacher = new SideF32(prepared);

  /** The student without its temperature. */
  private final SideF32 hard = new SideF32(prepared);

  private final PairRowF32 pairs;
  private final PassF32[] staged;
  private final PassF32[] sums;
  private final PassF32[] allowedSums;

  /** Allocates the scratch memory. */
  public DistillationRowsF32() {
    this(Provider.SIMD);
  }

  DistillationRowsF32(boolean simd) {
    staged = simd ? StagedPassesF32.keptList() : StagedPassesF32Twin.keptList();
    sums = simd ? BlockPassesF32.sumList(false) : BlockPassesF32Twin.sumList(false);
    allowedSums = simd ? BlockPassesF32.sumList(true) : BlockPassesF32Twin.sumList(true);
    pairs = new PairRowF32(student, teacher, hard, simd);
  }

  /** Row losses, their totals and, if there is one to write, the gradient of a counted batch. */
  public void run(RowBatch batch, DistillationTerms terms, RowGroup group) {
    prepared.load(batch, LogitOptions.NONE);
    student.temperature(terms.student());
    hard.temperature(LogitOptions.NONE);
    boolean known = batch.teacherIndices == null;
    teacher.temperature(known ? terms.teacher() : LogitOptions.NONE);
    int fitting = BLOCK / TreeF32.padded(batch.classes);
    int capacity = Math.clamp(fitting, 1, RowGroup.CAPACITY);
    for (int row = 0; row < batch.rows; ) {
      row = SoftmaxRowsF32.collect(batch, group, row, capacity);
      if (group.size == 0) {
        break;
      }
      normalise(batch, terms, group);
      for (int r = 0; r < group.size; r++) {
        pairs.run(batch, terms, group, r);
      }
      group.record(batch, false, 1);
    }
    student.buffer.release();
    teacher.buffer.release();
    hard.buffer.release();
    batch.total(false);
  }

  private void normalise(RowBatch batch, DistillationTerms terms, RowGroup group) {
    if (terms.hardWeight() != 0) {
      prepared.labels(group, hard.buffer);
    }
    normalise(student, batch, batch.logits, group);
    if (batch.teacherIndices == null) {
      normalise(teacher, batch, batch.teacher, group);
    }
    if (terms.hardWeight() == 0) {
      Arrays.fill(group.loss, 0, group.size, 0);
      Arrays.fill(group.nll, 0, group.size, 0);
    } else {
      if (terms.student().tempered()) {
        normalise(hard, batch, batch.logits, group);
      }
      hardPart(batch, terms, group);
    }
  }

  private void normalise(SideF32 side, RowBatch batch, Rows from, RowGroup group) {
    side.group.size = 0;
    for (int r = 0; r < group.size; r++) {
      side.group.add(group.row[r], -1);
    }
    boolean blocks = batch.classes > BLOCK;
    side.buffer.load(batch, from, side.group, blocks ? BLOCK : TreeF32.padded(batch.classes), 1);
    side.buffer.next = -1;
    side.buffer.following = -1;
    side.buffer.run(!blocks ? staged : batch.allowed.present() ? allowedSums : sums);
  }

  /** The cross-entropy of the labels, times its weight. */
  private void hardPart(RowBatch batch, DistillationTerms terms, RowGroup group) {
    group.takeSoftmax(terms.student().tempered() ? hard.group : student.group);
    for (int r = 0; r < group.size; r++) {
      double nll = (group.max[r] - group.labelLogit[r]) + group.logRest[r];
      group.labelExp[r] = ExpF64Twin.exp(-nll) / group.inverse[r];
    }
    CrossEntropyTerms.OF_LABELS.finish(batch, group);
    for (int r = 0; r < group.size; r++) {
      group.loss[r] *= terms.hardWeight();
      group.slope[r] *= terms.hardWeight();
      group.labelGradient[r] *= terms.hardWeight();
    }
  }
}
