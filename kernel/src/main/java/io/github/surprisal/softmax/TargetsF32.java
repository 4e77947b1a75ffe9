package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.TreeF32;
import java.util.Arrays;

/** Target masses t_j = w_j (factor q_j + constant) that differ by class, a block at a time. */
final class TargetsF32 {
  private final RowPassesF32 passes;
  private final float[] t = new float[BLOCK];
  private final float[] x = new float[BLOCK];
  private final float[] mass = new float[TreeF32.LANES];
  private final float[] dot = new float[TreeF32.LANES];

  TargetsF32(RowPassesF32 passes) {
    this.passes = passes;
  }

  /**
   * The masses of classes [first, first + n) of a row: of its probabilities, or of the smoothing of
   * its label.
   */
  float[] stage(RowBatch batch, RowTerms terms, int row, int first, int n) {
    float constant = (float) terms.targetConstant(batch.classes);
    if (batch.probabilities.present()) {
      float factor = (float) terms.targetFactor();
      float[] q = batch.probabilities.arrayF32;
      passes.targets(q, batch.probabilities.at(row) + first, t, n, factor, constant);
    } else {
      Arrays.fill(t, 0, n, constant);
    }
    if (batch.classWeightsF64 != null) {
      passes.weigh(batch.classWeightsF32, first, t, n);
    }
    return t;
  }

  /** Sum of t_j, and of t_j (m - x_j), over row i of the group. */
  void sum(RowBatch batch, RowTerms terms, RowGroup group, int i, float max) {
    int row = group.row[i];
    int from = batch.logits.at(row);
    group.targetMass[i] = 0;
    group.targetDot[i] = 0;
    for (int first = 0; first < batch.classes; first += BLOCK) {
      int n = Math.min(BLOCK, batch.classes - first);
      int padded = TreeF32.padded(n);
      stage(batch, terms, row, first, n);
      Arrays.fill(t, n, padded, 0);
      System.arraycopy(batch.logits.arrayF32, from + first, x, 0, n);
      Arrays.fill(x, n, padded, 0);
      passes.dot(t, x, padded, max, mass, dot);
      float sum = TreeF32.sum(mass);
      float dotSum = TreeF32.sum(dot);
      group.targetMass[i] += Float.isFinite(sum) ? sum : redoMass(n);
      group.targetDot[i] += Float.isFinite(dotSum) ? dotSum : redoDot(n, max);
    }
  }

  private double redoMass(int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += t[i];
    }
    return sum;
  }

  private double redoDot(int n, float max) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += t[i] == 0 ? 0 : t[i] * ((double) max - x[i]);
    }
    return sum;
  }
}
