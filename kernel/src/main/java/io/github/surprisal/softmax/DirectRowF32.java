package io.github.surprisal.softmax;

import io.github.surprisal.reduction.TreeF32;

/** The sum of {@link DirectKlF32} over a row, and the divergence that it gives. */
final class DirectRowF32 {
  private final PairF32 pair;
  private final PassF32[] sum;
  private final PassF32[] besideTeacher = {this::addBlock};

  DirectRowF32(PairF32 pair, boolean simd) {
    this.pair = pair;
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
    student.max = student.group.max[0];
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

  /** The divergence; NaN if no sum was taken since the last time. */
  double value() {
    SideF32 p = pair.teacher;
    SideF32 q = pair.student;
    double s = pair.direct;
    pair.direct = Double.NaN;
    return s * p.inverse * p.unit + (q.logRest - p.logRest);
  }

  /** Whether such a value is exact enough. */
  static boolean isEnough(double value) {
    return value >= DirectKlF32.ENOUGH && value < Double.POSITIVE_INFINITY;
  }
}
