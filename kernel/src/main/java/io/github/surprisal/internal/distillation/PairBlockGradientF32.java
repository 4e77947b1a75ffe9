package io.github.surprisal.internal.distillation;

import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.GradientScalars;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.formula.RowTerms;
import io.github.surprisal.internal.softmax.loop.Sizes;
import io.github.surprisal.internal.softmax.loop.SlicesF32;

/**
 * The gradient of a block of one row: that of the divergence goes straight to the caller, or where
 * labels are mixed in, first to scratch memory.
 */
final class PairBlockGradientF32 {
  private final DistillationLoopsF32 loops;
  private final DistributionF32 student;
  private final DistributionF32 teacher;
  private final DistributionF32 hard;
  private final PairGradientOperandsF32 operands = new PairGradientOperandsF32();
  private final SlicesF32 ofStudent = new SlicesF32();
  private final SlicesF32 ofTeacher = new SlicesF32();
  private final SlicesF32 ofHard = new SlicesF32();
  private final SlicesF32 slopes = new SlicesF32();
  private final SlicesF32 out = new SlicesF32();
  private RowBatch batch;
  private DistillationTerms terms;
  private Group group;
  private int r;

  PairBlockGradientF32(
      DistillationLoopsF32 loops,
      DistributionF32 student,
      DistributionF32 teacher,
      DistributionF32 hard,
      float[] slopes) {
    this.loops = loops;
    this.student = student;
    this.teacher = teacher;
    this.hard = hard;
    ofStudent.set(student.e, 0);
    ofTeacher.set(teacher.e, 0);
    ofHard.set(hard.e, 0);
    this.slopes.set(slopes, 0);
    operands.rows = 1;
  }

  /** Which row follows. */
  void start(RowBatch batch, DistillationTerms terms, Group group, int r) {
    this.batch = batch;
    this.terms = terms;
    this.group = group;
    this.r = r;
  }

  /** Where the gradient of the divergence goes. */
  float[] array() {
    return mixes() ? slopes.array : batch.gradient.arrayF32;
  }

  /** Index there of class c. */
  int at(int c) {
    return mixes() ? 0 : batch.gradient.at(group.row[r]) + c;
  }

  private boolean mixes() {
    return terms.hardWeight() != 0;
  }

  private SlicesF32 target(int c) {
    out.set(array(), 0);
    out.from = at(c);
    return out;
  }

  /** scale (A q_j - p_j), A the sum of p. */
  void difference(int c, int n, double scale, double mass) {
    operands.e = ofStudent;
    operands.t = ofTeacher;
    operands.g = target(c);
    operands.n = n;
    operands.a[0] = (float) (scale * mass * student.softmax.inverse[r]);
    operands.b[0] = (float) (scale * teacher.softmax.inverse[r]);
    loops.difference.run(operands);
  }

  /** scale q_j (f_j - mean), f the slopes of the divergence. */
  void centred(int c, int n, double scale, double mean) {
    operands.e = ofStudent;
    operands.t = slopes;
    operands.g = target(c);
    operands.n = n;
    operands.a[0] = (float) (scale * student.softmax.inverse[r]);
    operands.b[0] = (float) mean;
    loops.centred.run(operands);
  }

  /**
   * The gradient of a reverse divergence that exceeds the type, or is infinite: then that of an
   * impossible class of the teacher is {@code limit} and of others -infinity.
   */
  void overflowed(int c, int n, double scale, double mean, double limit) {
    float[] g = array();
    int to = at(c);
    for (int i = 0; i < n; i++) {
      double slope = 0;
      if (student.isPossible(i) && Double.isFinite(mean)) {
        double q = student.e[i] * student.softmax.inverse[r];
        slope = scale * q * (teacher.minusLog(r, i) - student.minusLog(r, i) - mean);
      } else if (student.isPossible(i)) {
        boolean pole = !teacher.isPossible(i);
        slope = RowTerms.product(scale, pole ? limit : Double.NEGATIVE_INFINITY);
      }
      g[to + i] = (float) slope;
    }
  }

  /** Adds the part of the labels and clears what is not allowed. */
  void finish(GradientScalars scalars, int c, int n) {
    float[] g = batch.gradient.arrayF32;
    int to = batch.gradient.at(group.row[r]) + c;
    if (mixes()) {
      addHard(scalars, g, to, c, n);
    }
    if (batch.allowed.present()) {
      batch.allowed.fillOthers(group.row[r], c, n, g, to, 0);
    }
  }

  private void addHard(GradientScalars scalars, float[] g, int to, int c, int n) {
    hard.see(group, r, c, n, Sizes.padded(n));
    operands.e = ofHard;
    operands.t = slopes;
    out.set(g, 0);
    out.from = to;
    operands.g = out;
    operands.n = n;
    operands.a[0] = (float) scalars.slope[r];
    operands.b[0] = -1;
    loops.difference.run(operands);
    int label = group.label[r] - c;
    if (label >= 0 && label < n) {
      g[to + label] = (float) (slopes.array[label] + scalars.atLabel[r]);
    }
  }

  /** Forgets the caller's arrays. */
  void release() {
    out.release();
  }
}
