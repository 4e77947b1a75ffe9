package io.github.surprisal.internal.scores;

import io.github.surprisal.internal.reduction.Indices;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.reduction.TreeF32;

/**
 * Sparsemax: the probabilities next to the scores. With d_j = z_j - max z,
 *
 * <pre>
 *   p_j  = max(0, d_j - tau),  tau so that sum of p_j = 1
 *   loss = (sum over j != y of p_j^2 + (1 - p_y)^2) / 2 + max(0, tau - d_y)
 *   gradient = p - e_y
 * </pre>
 *
 * The loss is Martins and Astudillo's, (sum over p_j > 0 of (d_j^2 - tau^2) + 1) / 2 - d_y, written
 * as a sum without cancellation: it is |e_y - z|^2 / 2 - |p - z|^2 / 2, and p - z = -tau wherever p
 * is positive.
 */
final class SparsemaxF32 implements ScoreFormulaF32 {
  private final ScoreBlockF32 block;

  /** Differences from the maximum in strips that have one above -1, and room for a block more. */
  private final float[] near = new float[2 * ScoreBlockF32.SIZE + TreeF32.LANES];

  private boolean oneBlock;
  private float max;
  private float tau;
  private double sum;
  private double other;

  SparsemaxF32(ScoreBlockF32 block) {
    this.block = block;
  }

  @Override
  public double row(RowBatch batch, int row, int label, double slope) {
    oneBlock = batch.classes <= ScoreBlockF32.SIZE;
    findMax(batch, row);
    if (!(Math.abs(max) < Float.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    // Before the gradient takes the place of the scores.
    float d = label < 0 ? 0 : (float) ScoreBlockF32.score(batch, row, label) - max;
    findThreshold(batch, row);
    project(batch, row, label, (float) slope);
    if (label < 0) {
      return 0;
    }
    double p = d > tau ? d - tau : 0;
    double others = p > 0.5 ? sum : 1 - p;
    ScoreBlockF32.put(batch, row, label, 0 - slope * others);
    return (other + others * others) / 2 + (d < tau ? (double) tau - d : 0);
  }

  private void findMax(RowBatch batch, int row) {
    max = Float.NEGATIVE_INFINITY;
    for (int first = 0;
        first < batch.classes;
        first = Indices.next(first, ScoreBlockF32.SIZE, batch.classes)) {
      int n = block.stage(batch, row, first);
      float m = block.passes.max(block.e, n);
      max = m <= max ? max : m;
      if (max != max) {
        return;
      }
    }
  }

  /**
   * Michelot's iteration: from the scores that can be in the support, those within 1 of the
   * largest, to the threshold of a support and to the scores above that, until none is lost.
   *
   * <pre>
   *   S = {j: d_j > -1},  then  tau = (sum over S of d_j - 1) / |S|,  S = {j in S: d_j > tau}
   * </pre>
   *
   * A threshold never falls from one support to the next, which is part of it; the largest score is
   * always in, since tau is negative. Going on only while the number of scores falls ends whatever
   * the roundings.
   */
  private void findThreshold(RowBatch batch, int row) {
    int gathered = gather(batch, row);
    tau = -1;
    double last = Double.POSITIVE_INFINITY;
    sumSupport(batch, row, gathered);
    while (other < last) {
      last = other;
      tau = (float) ((sum - 1) / other);
      sumSupport(batch, row, gathered);
    }
  }

  /** The strips of the first support, most often few; -1 if they are more than a block. */
  private int gather(RowBatch batch, int row) {
    int end = 0;
    for (int first = 0;
        first < batch.classes;
        first = Indices.next(first, ScoreBlockF32.SIZE, batch.classes)) {
      int n = stage(batch, row, first);
      end = block.passes.gather(block.e, n, max, near, end);
      if (end > ScoreBlockF32.SIZE) {
        return -1;
      }
    }
    return end;
  }

  /** The sum of the differences that exceed tau, and their number. */
  private void sumSupport(RowBatch batch, int row, int gathered) {
    sum = 0;
    other = 0;
    if (gathered >= 0) {
      addSupport(near, gathered, 0);
      return;
    }
    for (int first = 0;
        first < batch.classes;
        first = Indices.next(first, ScoreBlockF32.SIZE, batch.classes)) {
      addSupport(block.e, stage(batch, row, first), max);
    }
  }

  private void addSupport(float[] e, int n, float largest) {
    block.passes.support(e, n, largest, tau, block.sums, block.others);
    sum += TreeF32.sum(block.sums);
    other += TreeF32.sum(block.others);
  }

  /** Writes slope p; leaves the sums of p and p^2 of all but the label. */
  private void project(RowBatch batch, int row, int label, float slope) {
    sum = 0;
    other = 0;
    for (int first = 0;
        first < batch.classes;
        first = Indices.next(first, ScoreBlockF32.SIZE, batch.classes)) {
      int n = stage(batch, row, first);
      if (label >= 0) {
        block.exclude(first, label);
      }
      block.passes.project(block.e, n, max, tau, slope, block.sums, block.others);
      sum += TreeF32.sum(block.sums);
      other += TreeF32.sum(block.others);
      block.store(batch, row, first);
    }
  }

  /** Stages a block, unless it is the only one, which is there already. */
  private int stage(RowBatch batch, int row, int first) {
    return oneBlock ? TreeF32.padded(batch.classes) : block.stage(batch, row, first);
  }

  /**
   * The gradient of sparsemax, from its results p (where scores lie otherwise) and an upstream
   * gradient u (where target probabilities do):
   *
   * <pre>
   *   u_j - mean of u_i over p_i > 0  where p_j > 0, else 0
   * </pre>
   */
  void backward(RowBatch batch, int row) {
    sum = 0;
    other = 0;
    for (int first = 0;
        first < batch.classes;
        first = Indices.next(first, ScoreBlockF32.SIZE, batch.classes)) {
      int n = stageBoth(batch, row, first);
      block.passes.supportSum(block.e, block.u, n, block.sums, block.others);
      sum += TreeF32.sum(block.sums);
      other += TreeF32.sum(block.others);
    }
    for (int first = 0;
        first < batch.classes;
        first = Indices.next(first, ScoreBlockF32.SIZE, batch.classes)) {
      int n = stageBoth(batch, row, first);
      block.passes.centre(block.e, block.u, n, (float) (sum / other));
      block.store(batch, row, first);
    }
  }

  private int stageBoth(RowBatch batch, int row, int first) {
    int n = Math.min(ScoreBlockF32.SIZE, batch.classes - first);
    ScoreBlockF32.stage(batch.probabilities, row, first, n, block.u, 0);
    return ScoreBlockF32.stage(batch.logits, row, first, n, block.e, 0);
  }
}
