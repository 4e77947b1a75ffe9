package io.github.surprisal.internal.distillation;

import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.GradientScalars;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.loop.MaximumOperandsF32;
import io.github.surprisal.internal.softmax.loop.Sizes;
import io.github.surprisal.internal.softmax.loop.SlicesF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;
import io.github.surprisal.internal.softmax.loop.SumOperandsF32;
import java.util.Arrays;

/**
 * Forward KL of a group of rows whose teacher is known, by its definition, and the gradient
 *
 * <pre>
 *   scale (q_j - p_j)
 * </pre>
 */
final class ForwardKlF32 {
  private final Loop<PairGradientOperandsF32> difference;
  private final DistributionF32 student;
  private final DistributionF32 teacher;
  private final PairGradientOperandsF32 operands = new PairGradientOperandsF32();
  private final Loop<SumOperandsF32> sum;
  private final SumOperandsF32 operandsOfSum = new SumOperandsF32();
  private final SlicesF32 rows = new SlicesF32();
  private final Loop<MaximumOperandsF32> index;
  private final MaximumOperandsF32 search = new MaximumOperandsF32();

  /** The class of a maximum that both share and that is most of their masses, or -1. */
  private final int[] shared = new int[Sizes.ROWS];

  private RowBatch batch;
  private DistillationTerms terms;
  private boolean apart;

  ForwardKlF32(DistillationLoopsF32 loops, DistributionF32 student, DistributionF32 teacher) {
    index = loops.index;
    sum = loops.logRatio;
    this.student = student;
    this.teacher = teacher;
    difference = loops.difference;
    operands.e = student.exponentials.e;
    operands.t = teacher.exponentials.e;
    operands.g = rows;
  }

  /**
   * Which call follows; {@code apart} tells whether the gradient takes the place of no logits, so
   * that they can still be read when it is there.
   */
  void start(RowBatch batch, DistillationTerms terms, boolean apart) {
    this.batch = batch;
    this.terms = terms;
    this.apart = apart;
    operandsOfSum.minusRatio = (float) (-student.unit() / teacher.unit());
  }

  /** The sums of all rows and, where no logits are in their place, the gradients if wanted. */
  void sums(GradientScalars out, Group group, boolean wanted) {
    boolean gradient = wanted && batch.gradient.present();
    if (gradient) {
      startGradient(out, group);
    }
    Arrays.fill(teacher.softmax.second, 0, group.size, 0);
    boolean together = gradient && apart;
    for (int c = 0, n; c < batch.classes; c += n) {
      n = Sizes.block(c, batch.classes);
      see(teacher, group, c, n);
      teacher.logits.see(c, n);
      student.logits.see(c, n);
      for (int r = 0; r < group.size; r++) {
        addRow(r, n);
      }
      if (together) {
        gradient(group, c, n);
      }
    }
  }

  private void addRow(int r, int n) {
    var a = operandsOfSum;
    a.n = n;
    a.x = teacher.exponentials.e.array;
    a.xAt = teacher.exponentials.e.at(r);
    a.y = teacher.logits.x.array;
    a.yAt = teacher.logits.x.at(r);
    a.z = student.logits.x.array;
    a.zAt = student.logits.x.at(r);
    a.max = (float) teacher.softmax.max[r];
    a.otherMax = (float) student.softmax.max[r];
    a.first = 0;
    sum.run(a);
    teacher.softmax.second[r] += a.first;
  }

  /** Adds the loss of row r; false if the definition is not exact enough for it. */
  boolean value(GradientScalars out, int r) {
    double value = DirectKl.value(teacher.softmax, student.softmax, teacher.unit(), r);
    boolean undefined =
        Double.isNaN(student.softmax.inverse[r]) || Double.isNaN(teacher.softmax.inverse[r]);
    if (!undefined && !DirectKl.isEnough(value, batch.classes)) {
      return false;
    }
    out.loss[r] += terms.factor() * (undefined ? Double.NaN : value);
    return true;
  }

  private void startGradient(GradientScalars out, Group group) {
    for (int r = 0; r < group.size; r++) {
      shared[r] = -1;
      double scale = batch.scale(group.row[r]) * terms.factor() * terms.student().slope;
      out.scale[r] = scale;
      operands.a[r] = (float) (scale * student.softmax.inverse[r]);
      operands.b[r] = (float) (scale * teacher.softmax.inverse[r]);
    }
    rows.set(batch.gradient, group.row);
    operands.rows = group.size;
  }

  /** The gradient of a block whose teacher is seen. */
  private void gradient(Group group, int c, int n) {
    see(student, group, c, n);
    for (int r = 0; r < group.size; r++) {
      findShared(r, c, n);
    }
    rows.from = c;
    operands.n = n;
    difference.run(operands);
  }

  /** Gradients in the place of logits, which nobody needs any more, and single elements of all. */
  void finish(GradientScalars out, Group group) {
    for (int c = 0, n; !apart && c < batch.classes; c += n) {
      n = Sizes.block(c, batch.classes);
      see(teacher, group, c, n);
      gradient(group, c, n);
    }
    rows.set(batch.gradient, group.row);
    for (int r = 0; r < group.size; r++) {
      single(out, group, r);
    }
  }

  private static void see(DistributionF32 side, Group group, int c, int n) {
    if (side.exponentials.forgets()) {
      side.exponentials.again(group, c, n);
    } else {
      side.exponentials.place(group, c);
    }
  }

  /** Looks for a maximum that both share and that is most of their masses, in a block of row r. */
  private void findShared(int r, int c, int n) {
    SoftmaxScalars p = teacher.softmax;
    SoftmaxScalars q = student.softmax;
    if (Largest.isMost(q, r) && Largest.isMost(p, r)) {
      SlicesF32 e = student.exponentials.e;
      SlicesF32 t = teacher.exponentials.e;
      search.x = e.array;
      search.at = e.at(r);
      search.n = n;
      search.max = (float) q.maxExp[r];
      index.run(search);
      if (search.index >= 0 && t.array[t.at(r) + search.index] == (float) p.maxExp[r]) {
        shared[r] = c + search.index;
      }
    }
  }

  /** The gradient of row r at such a maximum, and where a class is not allowed. */
  private void single(GradientScalars out, Group group, int r) {
    SoftmaxScalars p = teacher.softmax;
    SoftmaxScalars q = student.softmax;
    if (shared[r] >= 0) {
      double complement = q.rest[r] * q.inverse[r];
      double others = p.rest[r] * p.inverse[r];
      Largest.put(rows.array, rows.at(r) + shared[r], complement, others, 1, out.scale[r]);
    }
    if (batch.allowed.present()) {
      batch.allowed.fillOthers(group.row[r], 0, batch.classes, rows.array, rows.at(r), 0);
    }
  }

  /** Forgets the caller's arrays. */
  void release() {
    rows.release();
    operandsOfSum.release();
    search.release();
  }
}
