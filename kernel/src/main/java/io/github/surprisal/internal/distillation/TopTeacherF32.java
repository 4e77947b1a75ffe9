package io.github.surprisal.internal.distillation;

import io.github.surprisal.internal.lane.LogF32Twin;
import io.github.surprisal.internal.lane.LogF64Twin;
import io.github.surprisal.internal.reduction.RowBatch;
import java.util.Arrays;

/**
 * A teacher of whom the probabilities of the most likely classes are known: as a distribution whose
 * exponentials are these probabilities, and 0 elsewhere.
 */
final class TopTeacherF32 {
  private final DistributionF32 teacher;
  private RowBatch batch;
  private int row;

  /** The sum of the probabilities; NaN if one is negative. */
  double total;

  TopTeacherF32(DistributionF32 teacher) {
    this.teacher = teacher;
  }

  /** Takes up a row, which is row r of its group. */
  void row(RowBatch batch, int row, int r) {
    this.batch = batch;
    this.row = row;
    total = totalBut(-1);
    teacher.softmax.max[r] = 0;
    teacher.softmax.inverse[r] = Double.isNaN(total) ? Double.NaN : 1;
    teacher.softmax.logRest[r] = 0;
  }

  /** The sum of the probabilities of all classes but one. */
  double totalBut(int label) {
    double sum = 0;
    for (int i = 0; i < batch.teacherWidth; i++) {
      double p = batch.teacher.get(row, i);
      sum += index(i) == label ? 0 : p >= 0 ? p : Double.NaN;
    }
    return sum;
  }

  private int index(int i) {
    return batch.teacherIndices[row * batch.teacherWidth + i];
  }

  /** Shows classes [c, c + n), the next multiple of 16 of them. */
  void see(int c, int n, int padded) {
    float[] x = teacher.x;
    float[] e = teacher.e;
    Arrays.fill(x, 0, padded, Float.NEGATIVE_INFINITY);
    Arrays.fill(e, 0, padded, 0);
    for (int i = 0; i < batch.teacherWidth; i++) {
      int j = index(i) - c;
      if (j >= 0 && j < n) {
        float p = (float) batch.teacher.get(row, i);
        x[j] = LogF32Twin.log(p);
        e[j] = p;
      }
    }
  }

  /**
   * KL(P || Q) of probabilities that need not sum to 1: the sum of p_j (log p_j - log q_j), from
   * the student's logits.
   */
  double forwardKl(DistributionF32 student, int r) {
    double sum = 0;
    for (int i = 0; i < batch.teacherWidth; i++) {
      double p = batch.teacher.get(row, i);
      int j = index(i);
      double x =
          batch.allowed.contains(row, j) ? batch.logits.get(row, j) : Double.NEGATIVE_INFINITY;
      if (p > 0) {
        double nll = (student.softmax.max[r] - x) * student.unit() + student.softmax.logRest[r];
        sum += p * (LogF64Twin.log(p) + nll);
      }
    }
    return sum;
  }
}
