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

  /** One for all sides, which are worked on one after the other. */
  private final LookAheadF32 ahead = new LookAheadF32();

  private final SideF32 student = new SideF32(prepared, ahead);
  private final SideF32 teacher = new SideF32(prepared, ahead);

  /** The student without its temperature. */
  private final SideF32 hard = new SideF32(prepared, ahead);

  private final PairRowF32 pairs;
  private final StagedKlF32 stagedKl;

  /** Of logits as they are, and over a temperature. */
  private final PassF32[][] staged;

  private final PassF32[][] blocks;
  private final PassF32[] allowedBlocks;

  /** Allocates the scratch memory. */
  public DistillationRowsF32() {
    this(Provider.SIMD);
  }

  DistillationRowsF32(boolean simd) {
    PassF32 exp = simd ? LongExpF32.plain() : LongExpF32Twin.plain();
    PassF32 temperedExp = simd ? LongExpF32.tempered() : LongExpF32Twin.tempered();
    staged = new PassF32[2][];
    blocks = new PassF32[2][];
    for (int tempered = 0; tempered < 2; tempered++) {
      boolean is = tempered == 1;
      staged[tempered] = simd ? StagedPassesF32.keptList(is) : StagedPassesF32Twin.keptList(is);
      PassF32 pass = is ? temperedExp : exp;
      blocks[tempered] = simd ? LongPassesF32.list(pass) : LongPassesF32Twin.list(pass);
    }
    allowedBlocks = simd ? BlockPassesF32.allowedList() : BlockPassesF32Twin.allowedList();
    pairs = new PairRowF32(student, teacher, hard, simd);
    stagedKl = new StagedKlF32(pairs);
  }

  /** Row losses, their totals and, if there is one to write, the gradient of a counted batch. */
  public void run(RowBatch batch, DistillationTerms terms, RowGroup group) {
    prepared.load(batch, LogitOptions.NONE);
    student.temperature(terms.student());
    hard.temperature(LogitOptions.NONE);
    boolean known = batch.teacherIndices == null;
    teacher.temperature(known ? terms.teacher() : LogitOptions.NONE);
    pairs.direct.load(batch.classes);
    boolean forwardKl = terms.divergence() == DistillationTerms.Kind.FORWARD_KL;
    boolean direct = forwardKl && known && batch.classes <= BLOCK;
    // Blocks are of one row.
    int capacity = batch.classes > BLOCK ? 1 : RowBufferF32.capacity(batch.classes);
    for (int row = batch.firstRow; row < batch.rows; ) {
      row = SoftmaxRowsF32.collect(batch, group, row, capacity);
      if (group.size == 0) {
        break;
      }
      normalise(batch, terms, group);
      if (direct && terms.hardWeight() == 0) {
        stagedKl.run(batch, terms, group);
      } else {
        if (direct) {
          pairs.direct.take();
        }
        for (int r = 0; r < group.size; r++) {
          pairs.run(batch, terms, group, r);
        }
      }
      group.record(batch, false, 1);
    }
    student.release();
    teacher.release();
    hard.release();
    batch.total(false);
  }

  private void normalise(RowBatch batch, DistillationTerms terms, RowGroup group) {
    if (terms.hardWeight() != 0) {
      prepared.labels(group, hard.buffer);
    }
    normalise(student, batch, batch.logits, terms, group);
    if (batch.teacherIndices == null) {
      normalise(teacher, batch, batch.teacher, terms, group);
    }
    if (terms.hardWeight() == 0) {
      Arrays.fill(group.loss, 0, group.size, 0);
      Arrays.fill(group.nll, 0, group.size, 0);
    } else {
      if (terms.student().tempered()) {
        normalise(hard, batch, batch.logits, terms, group);
      }
      hardPart(batch, terms, group);
    }
  }

  private void normalise(
      SideF32 side, RowBatch batch, Rows from, DistillationTerms terms, RowGroup group) {
    side.group.size = 0;
    for (int r = 0; r < group.size; r++) {
      side.group.add(group.row[r], -1);
    }
    boolean many = batch.classes > BLOCK;
    int tempered = side.unit == 1 ? 0 : 1;
    side.buffer.load(batch, from, side.group, many ? BLOCK : TreeF32.padded(batch.classes), 1);
    if (many && !batch.allowed.present()) {
      startBlocks(side, batch, from);
      boolean direct = side == teacher && terms.divergence() == DistillationTerms.Kind.FORWARD_KL;
      side.buffer.beside = direct ? pairs.direct.start() : RowBufferF32.NOTHING;
      side.buffer.run(blocks[tempered]);
      side.group.first[0] = side.buffer.first[0];
    } else if (many) {
      side.buffer.run(allowedBlocks);
    } else {
      side.buffer.ahead.look(batch, from, side.group);
      side.buffer.run(staged[tempered]);
    }
  }

  /**
   * The next row's maximum is found beside this one's exponentials. If no logits are where the
   * gradient goes, those of the student wait there, and those of the teacher where the next row's
   * gradient will go.
   */
  private void startBlocks(SideF32 side, RowBatch batch, Rows from) {
    int row = side.group.row[0];
    RowBufferF32 b = side.buffer;
    b.next.follow(batch, from, row);
    float[] g = batch.gradient.arrayF32;
    int place = side == student ? row : side == teacher ? row + 1 : batch.rows;
    boolean waits = place < batch.rows && g != batch.logits.arrayF32 && g != batch.teacher.arrayF32;
    b.out = waits ? g : null;
    b.outAt = waits && g != null ? batch.gradient.at(place) : 0;
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
