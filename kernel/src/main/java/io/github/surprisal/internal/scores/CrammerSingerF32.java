package io.github.surprisal.internal.scores;

import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.internal.reduction.Indices;
import io.github.surprisal.internal.reduction.RowBatch;

/**
 * Hinge loss of Crammer and Singer: with w the first of the largest scores but the label's,
 *
 * <pre>
 *   loss     = max(0, margin + z_w - z_y)
 *   gradient = e_w - e_y where it is positive, else 0
 * </pre>
 */
final class CrammerSingerF32 implements ScoreFormulaF32 {
  private final ScoreBlockF32 block;
  private final Violation violation = new Violation();
  private double margin;
  private double worst;
  private int blockOfWorst;

  CrammerSingerF32(ScoreBlockF32 block) {
    this.block = block;
  }

  /** The loss with this margin. */
  CrammerSingerF32 with(double margin) {
    this.margin = ThresholdF32.of(margin);
    return this;
  }

  @Override
  public double row(RowBatch batch, int row, int label, double slope) {
    double labelScore = ScoreBlockF32.score(batch, row, label);
    findWorst(batch, row, label);
    boolean defined =
        labelScore < Double.POSITIVE_INFINITY
            && worst < Double.POSITIVE_INFINITY
            && (labelScore > Double.NEGATIVE_INFINITY || worst > Double.NEGATIVE_INFINITY);
    if (!defined) {
      return Double.NaN;
    }
    violation.set(labelScore, margin);
    double v = worst == Double.NEGATIVE_INFINITY ? 0 : violation.of(worst);
    if (batch.gradient.present()) {
      int k = v > 0 ? indexOfWorst(batch, row, label) : -1;
      batch.gradient.fill(row, batch.classes, 0);
      if (k >= 0) {
        batch.gradient.put(row, k, slope);
        ScoreBlockF32.put(batch, row, label, -slope);
      }
    }
    return v > 0 ? v : 0;
  }

  /** The largest score but the label's, NaN if there is one, and the first block that has it. */
  private void findWorst(RowBatch batch, int row, int label) {
    worst = Double.NEGATIVE_INFINITY;
    blockOfWorst = 0;
    for (int first = 0;
        first < batch.classes;
        first = Indices.next(first, ScoreBlockF32.SIZE, batch.classes)) {
      int n = block.stageOthers(batch, row, first, label);
      double max = block.passes.max(block.e, n);
      if (!(max <= worst)) {
        worst = max;
        blockOfWorst = first;
      }
      if (worst != worst) {
        return;
      }
    }
  }

  private int indexOfWorst(RowBatch batch, int row, int label) {
    int n = block.stageOthers(batch, row, blockOfWorst, label);
    return blockOfWorst + block.passes.indexOf(block.e, n, (float) worst);
  }
}
