package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.Indices;
import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.TreeF32;

/**
 * From probabilities p (where logits lie otherwise) and an upstream gradient u (where target
 * probabilities do) to the gradient by the logits:
 *
 * <pre>
 *   p_j (u_j - sum of p_i u_i)
 * </pre>
 */
final class SoftmaxBackwardF32 {
  private final RowPassesF32 passes;
  private final float[] lanes = new float[TreeF32.LANES];

  SoftmaxBackwardF32(RowPassesF32 passes) {
    this.passes = passes;
  }

  void run(RowBatch batch, float scale) {
    float[] p = batch.logits.arrayF32;
    float[] u = batch.probabilities.arrayF32;
    float[] g = batch.gradient.arrayF32;
    for (int row = batch.firstRow; row < batch.rows; row++) {
      int from = batch.logits.at(row);
      int at = batch.probabilities.at(row);
      float mean = (float) mean(p, from, u, at, batch.classes);
      passes.backward(p, from, u, at, g, batch.gradient.at(row), batch.classes, mean, scale);
    }
  }

  private double mean(float[] p, int from, float[] u, int at, int classes) {
    double sum = 0;
    for (int c = 0; c < classes; c = Indices.next(c, BLOCK, classes)) {
      sum += sum(p, from + c, u, at + c, Math.min(BLOCK, classes - c));
    }
    return sum;
  }

  private double sum(float[] p, int from, float[] u, int at, int n) {
    int whole = n & -TreeF32.LANES;
    passes.products(p, from, u, at, whole, lanes);
    for (int i = whole; i < n; i++) {
      lanes[i - whole] += p[from + i] * u[at + i];
    }
    float sum = TreeF32.sum(lanes);
    if (Float.isFinite(sum)) {
      return sum;
    }
    double redone = 0;
    for (int i = 0; i < n; i++) {
      redone += (double) p[from + i] * u[at + i];
    }
    return redone;
  }
}
