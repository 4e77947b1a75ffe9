package io.github.surprisal.internal.distillation;

import io.github.surprisal.internal.distillation.DistillationTerms.Kind;
import io.github.surprisal.internal.lane.Provider;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.CrossEntropyTerms;
import io.github.surprisal.internal.softmax.formula.GradientScalars;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.formula.LogitOptions;
import io.github.surprisal.internal.softmax.loop.SoftmaxLoopsF32;
import java.util.Arrays;

/**
 * Divergences of rows of logits from those of a teacher. Kept rows are taken in groups; both
 * distributions go through the steps of a softmax, then forward KL through a loop over the group,
 * everything else row by row. Holds the scratch memory, a constant amount.
 */
public final class DistillationRowsF32 {
  private final DistributionF32 student;
  private final DistributionF32 teacher;

  /** The student without its temperature. */
  private final DistributionF32 hard;

  private final PairRowF32 pairs;
  private final ForwardKlF32 forwardKl;
  private final GradientScalars scalars = new GradientScalars();
  private final Group group = new Group();

  /** Allocates the scratch memory. */
  public DistillationRowsF32() {
    this(Provider.SIMD);
  }

  DistillationRowsF32(boolean simd) {
    var softmax = SoftmaxLoopsF32.of(simd);
    var loops = new DistillationLoopsF32(simd);
    student = new DistributionF32(softmax, simd);
    teacher = new DistributionF32(softmax, simd);
    hard = student.ofSameLogits(simd);
    pairs = new PairRowF32(loops, student, teacher, hard);
    forwardKl = new ForwardKlF32(loops, student, teacher);
  }

  /** Row losses, their totals and, if there is one to write, the gradient of a counted batch. */
  public void run(RowBatch batch, DistillationTerms terms) {
    boolean known = batch.teacherIndices == null;
    boolean byGroup = known && terms.isPlainForwardKl();
    start(batch, terms, byGroup);
    int capacity = student.exponentials.capacity();
    if (known) {
      capacity = Math.min(capacity, teacher.exponentials.capacity());
    }
    for (int row = batch.firstRow; row < batch.rows; ) {
      row = group.collect(batch, row, capacity);
      if (group.size == 0) {
        break;
      }
      normalise(batch, terms);
      hardPart(batch, terms);
      boolean forward = known && terms.divergence() == Kind.FORWARD_KL;
      if (forward) {
        forwardKl.sums(scalars, group, byGroup);
      }
      for (int r = 0; r < group.size; r++) {
        boolean done = byGroup && forwardKl.value(scalars, r);
        if (!done) {
          pairs.value(batch, terms, scalars, group, r, !byGroup);
        }
      }
      if (byGroup && batch.gradient.present()) {
        forwardKl.finish(scalars, group);
      }
      clearUndefined(batch);
      batch.add(group.row, scalars.loss, scalars.nll, group.size);
    }
    student.release();
    teacher.release();
    hard.release();
    pairs.release();
    forwardKl.release();
    batch.total(false);
  }

  private void start(RowBatch batch, DistillationTerms terms, boolean byGroup) {
    boolean gradient = batch.gradient.present();
    // Exponentials must not replace logits that are needed once more.
    boolean apart = !batch.gradient.same(batch.logits) && !batch.gradient.same(batch.teacher);
    var place = gradient && byGroup && apart ? batch.gradient : null;
    student.start(batch, batch.logits, terms.student(), place, gradient && byGroup);
    if (batch.teacherIndices == null) {
      boolean forward = terms.divergence() == Kind.FORWARD_KL;
      teacher.start(batch, batch.teacher, terms.teacher(), null, forward);
    }
    if (terms.hardWeight() != 0) {
      hard.start(batch, batch.logits, LogitOptions.NONE, null, false);
    }
    forwardKl.start(batch, terms, apart);
  }

  private void normalise(RowBatch batch, DistillationTerms terms) {
    student.logits.take(group);
    if (terms.hardWeight() != 0) {
      hard.exponentials.run(group, true, hard.softmax);
    }
    student.exponentials.run(group, false, student.softmax);
    if (batch.teacherIndices == null) {
      teacher.logits.take(group);
      teacher.exponentials.run(group, false, teacher.softmax);
    }
  }

  /** The cross-entropy of the labels, times its weight. */
  private void hardPart(RowBatch batch, DistillationTerms terms) {
    if (terms.hardWeight() == 0) {
      Arrays.fill(scalars.loss, 0, group.size, 0);
      Arrays.fill(scalars.nll, 0, group.size, 0);
      return;
    }
    CrossEntropyTerms.OF_LABELS.finish(batch, group, hard.softmax, null, scalars);
    for (int r = 0; r < group.size; r++) {
      scalars.loss[r] *= terms.hardWeight();
      scalars.slope[r] *= terms.hardWeight();
      scalars.atLabel[r] *= terms.hardWeight();
    }
  }

  private void clearUndefined(RowBatch batch) {
    for (int r = 0; batch.gradient.present() && r < group.size; r++) {
      if (Double.isNaN(scalars.loss[r]) && !isOfOpposedPoles(r)) {
        batch.gradient.fill(group.row[r], batch.classes, Double.NaN);
      }
    }
  }

  /**
   * Whether a label of negative weight and the divergence are infinite, neither of them undefined.
   */
  private boolean isOfOpposedPoles(int r) {
    return scalars.nll[r] == Double.POSITIVE_INFINITY
        && !Double.isNaN(student.softmax.inverse[r])
        && !Double.isNaN(teacher.softmax.inverse[r]);
  }
}
