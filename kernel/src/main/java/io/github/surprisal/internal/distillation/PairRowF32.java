package io.github.surprisal.internal.distillation;

import static io.github.surprisal.internal.softmax.loop.Sizes.padded;

import io.github.surprisal.internal.distillation.DistillationTerms.Kind;
import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.GradientScalars;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.loop.MaximumOperandsF32;
import io.github.surprisal.internal.softmax.loop.Sizes;
import java.util.List;

/**
 * The divergence of one row at a time, a block after the other: by terms that do not cancel, of
 * every divergence, with every option.
 */
final class PairRowF32 {
  private final DistillationLoopsF32 loops;
  private final DistributionF32 student;
  private final DistributionF32 teacher;
  private final TopTeacherF32 top;
  private final PairBlockGradientF32 gradient;
  private final DivergenceOperandsF32 operands = new DivergenceOperandsF32();
  private final MaximumOperandsF32 search = new MaximumOperandsF32();
  private RowBatch batch;
  private DistillationTerms terms;
  private Group group;
  private int r;

  /** Whether a term left the range of the type, or is infinite. */
  private boolean overflowed;

  PairRowF32(
      DistillationLoopsF32 loops,
      DistributionF32 student,
      DistributionF32 teacher,
      DistributionF32 hard) {
    this.loops = loops;
    this.student = student;
    this.teacher = teacher;
    top = new TopTeacherF32(teacher);
    gradient = new PairBlockGradientF32(loops, student, teacher, hard, operands.slopes);
  }

  /** Adds the loss of row r of the group, and writes its gradient if that {@code isWanted}. */
  void value(
      RowBatch batch,
      DistillationTerms terms,
      GradientScalars out,
      Group group,
      int r,
      boolean isWanted) {
    this.batch = batch;
    this.terms = terms;
    this.group = group;
    this.r = r;
    overflowed = false;
    if (batch.teacherIndices != null) {
      top.row(batch, group.row[r], r);
    }
    boolean undefined =
        Double.isNaN(student.softmax.inverse[r]) || Double.isNaN(teacher.softmax.inverse[r]);
    double value = undefined ? Double.NaN : divergence();
    out.loss[r] += terms.factor() * value;
    if (isWanted && !undefined && batch.gradient.present()) {
      gradient(out);
    }
  }

  private double divergence() {
    boolean known = batch.teacherIndices == null;
    if (terms.divergence() == Kind.FORWARD_KL) {
      double value =
          known
              ? DirectKl.value(teacher.softmax, student.softmax, teacher.unit(), r)
              : top.forwardKl(student, r);
      if (!known || DirectKl.isEnough(value, batch.classes)) {
        return value;
      }
    }
    operands.sum = 0;
    operands.mean = 0;
    double sum = 0;
    double mean = 0;
    for (int c = 0; c < batch.classes; c += Sizes.block(c, batch.classes)) {
      block(c);
      sum += operands.sum;
      mean += operands.mean;
    }
    // The terms of reverse KL sum to the divergence where both sum to 1.
    double excess = terms.divergence() == Kind.REVERSE_KL && !known ? 1 - top.total : 0;
    operands.sum = sum + excess;
    operands.mean = mean + excess;
    return operands.sum;
  }

  /** Sees a block of both sides and runs the divergence's loops over it. */
  private void block(int c) {
    see(c);
    boolean reverse = terms.divergence() == Kind.REVERSE_KL;
    operands.p = reverse ? student : teacher;
    operands.q = reverse ? teacher : student;
    operands.ratio.set(operands.p, operands.q, r);
    operands.inverseP = operands.p.softmax.inverse[r];
    operands.inverseQ = operands.q.softmax.inverse[r];
    operands.beta = (float) terms.beta();
    operands.rest = (float) (1 - terms.beta());
    List<Loop<DivergenceOperandsF32>> list = list();
    // By index, since an iterator is garbage.
    for (int i = 0; i < list.size(); i++) {
      list.get(i).run(operands);
    }
    if (!Double.isFinite(operands.sum)) {
      overflowed = true;
      operands.sum = inDouble(Sizes.block(c, batch.classes));
      operands.mean = operands.sum;
    }
  }

  private List<Loop<DivergenceOperandsF32>> list() {
    return switch (terms.divergence()) {
      case FORWARD_KL, REVERSE_KL -> loops.kullbackLeibler;
      case JENSEN_SHANNON -> loops.jensenShannon;
      case TOTAL_VARIATION -> loops.totalVariation;
    };
  }

  private void see(int c) {
    int n = Sizes.block(c, batch.classes);
    operands.n = padded(n);
    student.see(group, r, c, n, operands.n);
    if (batch.teacherIndices == null) {
      teacher.see(group, r, c, n, operands.n);
    } else {
      top.see(c, n, operands.n);
    }
  }

  /** The sum of the terms of KL(p || q), some of which do not fit the type. */
  private double inDouble(int n) {
    DistributionF32 p = operands.p;
    DistributionF32 q = operands.q;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double mass = p.e[i] * operands.inverseP;
      double other = q.e[i] * operands.inverseQ;
      boolean pole = p.isPossible(i) && !q.isPossible(i);
      double d = pole || !p.isPossible(i) ? 0 : q.minusLog(r, i) - p.minusLog(r, i);
      sum += pole ? Double.POSITIVE_INFINITY : (other - mass) + mass * d;
    }
    return sum;
  }

  private void gradient(GradientScalars out) {
    double scale = batch.scale(group.row[r]) * terms.factor() * terms.student().slope;
    boolean forward = terms.divergence() == Kind.FORWARD_KL;
    double mean = operands.mean;
    double limit =
        !forward && mean == Double.POSITIVE_INFINITY && sharesNoClass() ? Double.NaN : mean;
    double mass = batch.teacherIndices == null ? 1 : top.total;
    gradient.start(batch, terms, group, r);
    for (int c = 0; c < batch.classes; c += Sizes.block(c, batch.classes)) {
      int n = Sizes.block(c, batch.classes);
      if (forward) {
        see(c);
        gradient.difference(c, n, scale, mass);
        largest(c, n, scale, mass);
      } else {
        block(c);
        if (overflowed) {
          gradient.overflowed(c, n, scale, mean, limit);
        } else {
          gradient.centred(c, n, scale, mean);
        }
      }
      gradient.finish(out, c, n);
    }
  }

  /** The gradient of a block at a maximum that both share and that is most of their masses. */
  private void largest(int c, int n, double scale, double mass) {
    boolean known = batch.teacherIndices == null;
    if (!Largest.isMost(student.softmax, r) || (known && !Largest.isMost(teacher.softmax, r))) {
      return;
    }
    search.x = student.e;
    search.n = n;
    search.max = (float) student.softmax.maxExp[r];
    loops.index.run(search);
    int k = search.index;
    if (k >= 0 && (!known || teacher.e[k] == (float) teacher.softmax.maxExp[r])) {
      double complement = student.softmax.rest[r] * student.softmax.inverse[r];
      double others =
          known ? teacher.softmax.rest[r] * teacher.softmax.inverse[r] : top.totalBut(c + k);
      if (others < 0.5) {
        Largest.put(gradient.array(), gradient.at(c) + k, complement, others, mass, scale);
      }
    }
  }

  /** Whether the student has mass on impossible classes of the teacher alone. */
  private boolean sharesNoClass() {
    for (int c = 0; c < batch.classes; c += Sizes.block(c, batch.classes)) {
      see(c);
      for (int i = 0; i < Sizes.block(c, batch.classes); i++) {
        if (student.isPossible(i) && teacher.isPossible(i)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Forgets the caller's arrays. */
  void release() {
    search.release();
    gradient.release();
  }
}
