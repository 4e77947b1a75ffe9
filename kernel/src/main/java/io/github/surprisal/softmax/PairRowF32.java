package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.Indices;
import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.TreeF32;

/** Takes a row of a student and its teacher, block after block, to its loss and gradient. */
final class PairRowF32 {
  private final SideF32 student;
  private final SideF32 teacher;
  private final SideF32 tempered;
  private final PairF32 pair;
  private final TopTeacherF32 top;

  /** For distributions that are not near each other. */
  final DirectSumsF32 direct;

  private final PassF32[][] divergences;
  private final PassF32[] exp;
  private final PassF32[] difference;
  private final PassF32[] centred;
  private final PassF32[] addHard;
  private RowBatch batch;
  private DistillationTerms terms;
  private int row;
  private int inGroup;

  PairRowF32(SideF32 student, SideF32 teacher, SideF32 hard, boolean simd) {
    this.student = student;
    this.teacher = teacher;
    this.tempered = hard;
    pair = new PairF32(student, teacher);
    top = new TopTeacherF32(teacher);
    divergences = simd ? lists(pair) : twinLists(pair);
    direct = new DirectSumsF32(pair, simd);
    exp = simd ? BlockPassesF32.expList() : BlockPassesF32Twin.expList();
    difference = simd ? PairGradientF32.difference(pair) : PairGradientF32Twin.difference(pair);
    centred = simd ? PairGradientF32.centred(pair) : PairGradientF32Twin.centred(pair);
    addHard = simd ? PairGradientF32.addHard(pair) : PairGradientF32Twin.addHard(pair);
  }

  /** Row r of the group, whose hard part is known. */
  void run(RowBatch batch, DistillationTerms terms, RowGroup group, int r) {
    take(batch, terms, group, r);
    if (batch.teacherIndices == null) {
      teacher.row(r);
    } else {
      top.row(batch, row);
    }
    pair.hard = terms.student().tempered() ? tempered : student;
    pair.hardSlope = group.slope[r];
    boolean undefined = Double.isNaN(student.inverse) || Double.isNaN(teacher.inverse);
    double value = undefined ? Double.NaN : value(group);
    group.loss[r] += terms.factor() * value;
    if (batch.gradient.present() && Double.isNaN(group.loss[r])) {
      batch.gradient.fill(row, batch.classes, Double.NaN);
    }
  }

  private void take(RowBatch batch, DistillationTerms terms, RowGroup group, int r) {
    this.batch = batch;
    this.terms = terms;
    row = group.row[r];
    inGroup = r;
    student.row(r);
  }

  /** In the order of the constants. */
  private static PassF32[][] lists(PairF32 pair) {
    return new PassF32[][] {
      KullbackLeiblerF32.list(pair, pair.teacher, pair.student),
      KullbackLeiblerF32.list(pair, pair.student, pair.teacher),
      JensenShannonF32.list(pair),
      TotalVariationF32.list(pair)
    };
  }

  private static PassF32[][] twinLists(PairF32 pair) {
    return new PassF32[][] {
      KullbackLeiblerF32Twin.list(pair, pair.teacher, pair.student),
      KullbackLeiblerF32Twin.list(pair, pair.student, pair.teacher),
      JensenShannonF32Twin.list(pair),
      TotalVariationF32Twin.list(pair)
    };
  }

  /** The divergence of a row that has one; writes the gradient. */
  private double value(RowGroup group) {
    var kind = terms.divergence();
    double scale = batch.scale(row) * terms.factor() * terms.student().slope;
    pair.sum = 0;
    pair.mean = 0;
    pair.steep = false;
    pair.beta = (float) terms.beta();
    pair.rest = (float) (1 - terms.beta());
    if (kind == DistillationTerms.Kind.FORWARD_KL) {
      return forwardKl(group, scale);
    }
    boolean whole = batch.classes <= BLOCK;
    for (int c = 0; c < batch.classes; c = Indices.next(c, BLOCK, batch.classes)) {
      see(c);
      student.buffer.run(divergences[kind.ordinal()]);
    }
    boolean reverse = kind == DistillationTerms.Kind.REVERSE_KL;
    double excess = reverse && batch.teacherIndices != null ? 1 - top.total : 0;
    double value = pair.sum + excess;
    double mean = pair.mean + excess;
    if (!batch.gradient.present()) {
      return value;
    }
    pair.slope = scale * student.inverse;
    double rise = mean == Double.POSITIVE_INFINITY && sharesNoClass() ? Double.NaN : mean;
    for (int c = 0; c < batch.classes; c = Indices.next(c, BLOCK, batch.classes)) {
      if (!whole) {
        see(c);
        student.buffer.run(divergences[kind.ordinal()]);
      }
      pair.mean = mean;
      target(c);
      if (pair.steep) {
        steep(scale, rise);
      } else {
        student.buffer.run(centred);
      }
      finish(group, c);
    }
    return value;
  }

  /** gradient_j = scale (A q_j - p_j), A the sum of p. */
  private double forwardKl(RowGroup group, double scale) {
    boolean known = batch.teacherIndices == null;
    double mass = known ? 1 : top.total;
    pair.slope = scale * mass * student.inverse;
    pair.scale = scale * teacher.inverse;
    double value = known ? direct.value(inGroup) : top.forwardKl(student);
    boolean near = known && !direct.isEnough(value);
    boolean needed = near || batch.gradient.present();
    boolean waiting = !near && seesWaiting();
    int step = waiting ? batch.classes : BLOCK;
    for (int c = 0; needed && c < batch.classes; c = Indices.next(c, step, batch.classes)) {
      if (waiting) {
        pair.n = batch.classes;
      } else {
        see(c);
      }
      if (near) {
        student.buffer.run(divergences[0]);
      }
      if (batch.gradient.present()) {
        target(c);
        student.buffer.run(difference);
        largest(c, scale, mass);
        finish(group, c);
      }
    }
    return near ? pair.sum : value;
  }

  /** KL(P || Q) of row r of a group of whole rows, by terms that are exact near 0. */
  double near(RowBatch batch, DistillationTerms terms, RowGroup group, int r) {
    take(batch, terms, group, r);
    teacher.row(r);
    pair.sum = 0;
    see(0);
    student.buffer.run(divergences[0]);
    return pair.sum;
  }

  private void largest(int c, double scale, double mass) {
    int k = student.group.first[inGroup];
    boolean known = batch.teacherIndices == null;
    if (k >= c && k < c + pair.n && (!known || teacher.group.first[inGroup] == k)) {
      double complement = student.group.rest[inGroup] * student.inverse;
      double others = known ? teacher.group.rest[inGroup] * teacher.inverse : top.totalBut(k);
      PairGradientF32.largest(pair.g, pair.to + k - c, complement, others, mass, scale);
    }
  }

  /** Where the divergence's gradient goes: straight to the caller unless more is added. */
  private void target(int c) {
    boolean alone = terms.hardWeight() == 0;
    pair.g = alone ? batch.gradient.arrayF32 : pair.logSlopes;
    pair.to = alone ? batch.gradient.at(row) + c : 0;
  }

  /** Adds the hard part and clears what is not allowed. */
  private void finish(RowGroup group, int c) {
    float[] g = batch.gradient.arrayF32;
    int to = batch.gradient.at(row) + c;
    if (terms.hardWeight() != 0) {
      pair.g = g;
      pair.to = to;
      student.buffer.run(addHard);
      int label = group.label[inGroup] - c;
      if (label >= 0 && label < pair.n) {
        g[to + label] = (float) (pair.logSlopes[label] + group.labelGradient[inGroup]);
      }
    }
    if (batch.allowed.present()) {
      batch.allowed.fillOthers(row, c, pair.n, g, to, 0);
    }
    pair.g = null;
  }

  /**
   * The gradient of a reverse divergence that exceeds the type, or is infinite: then that of an
   * impossible class of the teacher is {@code rise} and of others -infinity.
   */
  private void steep(double scale, double rise) {
    for (int i = 0; i < pair.n; i++) {
      boolean possible = student.x[student.at + i] > Float.NEGATIVE_INFINITY;
      double slope = 0;
      if (possible && Double.isFinite(pair.mean)) {
        double q = student.exp(i) * student.inverse;
        slope = scale * q * (PairF32.logRatio(student, teacher, i) - pair.mean);
      } else if (possible) {
        boolean pole = teacher.x[teacher.at + i] == Float.NEGATIVE_INFINITY;
        slope = RowTerms.product(scale, pole ? rise : Double.NEGATIVE_INFINITY);
      }
      pair.g[pair.to + i] = (float) slope;
    }
  }

  /** Whether the student has mass on impossible classes of the teacher alone. */
  private boolean sharesNoClass() {
    for (int c = 0; c < batch.classes; c = Indices.next(c, BLOCK, batch.classes)) {
      see(c);
      for (int i = 0; i < pair.n; i++) {
        if (student.x[student.at + i] > Float.NEGATIVE_INFINITY
            && teacher.x[teacher.at + i] > Float.NEGATIVE_INFINITY) {
          return false;
        }
      }
    }
    return true;
  }

  /** Sees classes from c on, at most a block, of both sides and of the hard part. */
  private void see(int c) {
    pair.n = Math.min(BLOCK, batch.classes - c);
    pair.padded = TreeF32.padded(pair.n);
    see(student, c);
    if (batch.teacherIndices == null) {
      see(teacher, c);
    } else {
      top.see(c, pair.n, pair.padded);
    }
    if (terms.hardWeight() != 0 && pair.hard != student && batch.gradient.present()) {
      see(pair.hard, c);
    }
  }

  /** Sees the exponentials of the row alone, which is enough for the gradient by itself. */
  private boolean seesWaiting() {
    return batch.classes > BLOCK
        && batch.teacherIndices == null
        && terms.hardWeight() == 0
        && student.seesWaiting()
        && teacher.seesWaiting();
  }

  private void see(SideF32 side, int c) {
    if (batch.classes <= BLOCK) {
      side.see(inGroup);
    } else {
      side.seeBlock(c, pair.n, exp);
    }
  }
}
