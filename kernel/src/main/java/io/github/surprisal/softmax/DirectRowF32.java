package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.lane.LogF64Twin;
import io.github.surprisal.reduction.TreeF32;

/** The sum of {@link DirectKlF32} over a row, and the divergence that it gives. */
final class DirectRowF32 {
  private final PairF32 pair;
  private final PassF32[] sum;
  private final PassF32[] sumAndGradient;
  private final PassF32[] besideTeacher = {this::addBlock};

  private double least;

  DirectRowF32(PairF32 pair, boolean simd) {
    this.pair = pair;
    sumAndGradient =
        new PassF32[] {
          simd ? new DirectKlF32.WithGradient(pair) : new DirectKlF32Twin.WithGradient(pair)
        };
    sum = new PassF32[] {simd ? new DirectKlF32(pair) : new DirectKlF32Twin(pair)};
  }

  /** Begins the sum of a row of many blocks; what is to be done with each of the teacher's. */
  PassF32[] start() {
    pair.direct = 0;
    return besideTeacher;
  }

  private void addBlock(RowBufferF32 b) {
    SideF32 student = pair.student;
    SideF32 teacher = pair.teacher;
    student.row(0);
    teacher.max = b.max[0];
    pair.padded = TreeF32.padded(b.blockLength);
    student.seeLogits(b.block, b.blockLength);
    teacher.seeBlock(b.block, b.blockLength, RowBufferF32.NOTHING);
    b.run(sum);
  }

  /** Takes the sum of a row that is seen in whole. */
  void add() {
    pair.direct = 0;
    pair.student.buffer.run(sum);
  }

  /** Takes it and writes the gradient. */
  void addWithGradient() {
    pair.direct = 0;
    pair.student.buffer.run(sumAndGradient);
  }

  /** The divergence; NaN if no sum was taken since the last time. */
  double value() {
    SideF32 p = pair.teacher;
    SideF32 q = pair.student;
    double s = pair.direct;
    pair.direct = Double.NaN;
    return s * p.inverse * p.unit + (q.logRest - p.logRest);
  }

  /**
   * Takes up the number n of classes. The least divergence that is exact enough as its definition
   * gives it follows: it is off by less than log n + 3 ulp of 1 and what the sum rounds, where 8 +
   * n/8 ulp of the divergence are promised; below 1/8 it would lose more digits than need be.
   */
  void load(int classes) {
    double promised = 8 + Math.min(classes, BLOCK) / 8.0;
    least = Math.max(0.125, (LogF64Twin.log(classes) + 3) / promised);
  }

  /** Whether such a value is exact enough. */
  boolean isEnough(double value) {
    return value >= least && value < Double.POSITIVE_INFINITY;
  }
}
