package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.Indices;
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
   * its label, over the unit of {@link RowBatch#classWeights}.
   */
  float[] stage(RowBatch batch, RowTerms terms, int row, int first, int n) {
    float constant = (float) terms.targetConstant(batch, row);
    float factor = (float) terms.targetFactor();
    if (batch.probabilities.present()) {
      float[] q = batch.probabilities.arrayF32;
      int from = batch.probabilities.at(row) + first;
      passes.targets(q, from, t, n, factor, constant);
      if (constant != 0 && batch.allowed.present()) {
        passes.targets(q, from, x, n, factor, 0);
        batch.allowed.copyOthers(row, first, n, x, t);
      }
    } else {
      Arrays.fill(t, 0, n, constant);
    }
    if (batch.classWeights != null) {
      passes.weigh(batch.classWeights.loopF32, first, t, n);
    }
    if (!batch.probabilities.present() && batch.allowed.present()) {
      batch.allowed.fillOthers(row, first, n, t, 0, 0);
    }
    return t;
  }

  /** Sum of t_j, and of t_j (m - y_j), over row i of the group. */
  void sum(RowBatch batch, RowTerms terms, RowGroup group, int i, RowBufferF32 b) {
    sumStaged(batch, terms, group, i, b);
    if (batch.classWeights != null) {
      group.targetMass[i] *= batch.classWeights.loopUnit;
      group.targetDot[i] *= batch.classWeights.loopUnit;
    }
  }

  private void sumStaged(RowBatch batch, RowTerms terms, RowGroup group, int i, RowBufferF32 b) {
    group.targetMass[i] = 0;
    group.targetDot[i] = 0;
    if (!b.byBlocks) {
      sum(batch, terms, group, i, 0, batch.classes, b.e, i * b.pitch, b.max[i]);
      return;
    }
    for (int first = 0; first < batch.classes; first = Indices.next(first, BLOCK, batch.classes)) {
      int n = Math.min(BLOCK, batch.classes - first);
      b.stage(first, n);
      sum(batch, terms, group, i, first, n, b.e, 0, b.max[i]);
    }
  }

  /** The same of classes [first, first + n), whose prepared logits are at e[at]. */
  private void sum(
      RowBatch batch,
      RowTerms terms,
      RowGroup group,
      int i,
      int first,
      int n,
      float[] e,
      int at,
      float max) {
    stage(batch, terms, group.row[i], first, n);
    Arrays.fill(t, n, TreeF32.padded(n), 0);
    passes.dot(t, 0, e, at, TreeF32.padded(n), max, mass, dot);
    float sum = TreeF32.sum(mass);
    float dotSum = TreeF32.sum(dot);
    group.targetMass[i] += Float.isFinite(sum) ? sum : redoMass(n);
    group.targetDot[i] += Float.isFinite(dotSum) ? dotSum : redoDot(n, e, at, max);
  }

  private double redoMass(int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += t[i];
    }
    return sum;
  }

  private double redoDot(int n, float[] e, int at, float max) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += t[i] == 0 ? 0 : t[i] * ((double) max - e[at + i]);
    }
    return sum;
  }
}
