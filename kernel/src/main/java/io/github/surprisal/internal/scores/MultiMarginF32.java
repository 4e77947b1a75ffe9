package io.github.surprisal.internal.scores;

import io.github.surprisal.internal.lane.ThresholdF32;
import io.github.surprisal.internal.reduction.DoubleDouble;
import io.github.surprisal.internal.reduction.Indices;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.reduction.TreeF32;

/**
 * Multi-margin loss: with v_i = margin - z_y + z_i where that is positive, else 0, of i != y, and C
 * the number of classes,
 *
 * <pre>
 *   loss       = 1 / C sum of v_i^p
 *   gradient_i = p v_i^(p-1) / C for v_i > 0,  gradient_y = -sum of the others
 * </pre>
 */
final class MultiMarginF32 implements ScoreFormulaF32 {
  private final ScoreBlockF32 block;
  private final Violation violation = new Violation();
  private boolean squared;
  private double margin;
  private float high;
  private float low;
  private float floor;
  private final DoubleDouble value = new DoubleDouble();
  private final DoubleDouble pull = new DoubleDouble();

  MultiMarginF32(ScoreBlockF32 block) {
    this.block = block;
  }

  /** The loss with these options. */
  MultiMarginF32 with(int p, double margin) {
    this.squared = p == 2;
    this.margin = ThresholdF32.of(margin);
    return this;
  }

  @Override
  public double row(RowBatch batch, int row, int label, double slope) {
    double labelScore = ScoreBlockF32.score(batch, row, label);
    if (!(labelScore < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    split(labelScore);
    value.reset();
    pull.reset();
    double share = (squared ? 2 : 1) * slope / batch.classes;
    for (int first = 0;
        first < batch.classes;
        first = Indices.next(first, ScoreBlockF32.SIZE, batch.classes)) {
      int n = block.stageOthers(batch, row, first, label);
      add(batch, row, first, n, label, (float) share);
      block.store(batch, row, first);
    }
    ScoreBlockF32.put(batch, row, label, 0 - (squared ? 2 : 1) * slope * pull.value());
    boolean impossible = labelScore == Double.NEGATIVE_INFINITY && value.value() == 0;
    return impossible ? Double.NaN : value.value();
  }

  /**
   * z_y - margin = high + low, and the largest number of the type that is not above it, which tells
   * the scores above it exactly.
   */
  private void split(double labelScore) {
    violation.set(labelScore, margin);
    high = (float) violation.bound();
    double rest = violation.beyond(high);
    low = (float) rest;
    floor = rest < 0 ? Math.nextDown(high) : high;
  }

  /** Adds what a staged block has to the value and to the pull of the label. */
  private void add(RowBatch batch, int row, int first, int n, int label, float share) {
    ScorePassesF32 passes = block.passes;
    if (squared) {
      passes.squaredHinge(block.e, n, high, low, floor, share, block.sums, block.others);
    } else {
      passes.hinge(block.e, n, high, low, floor, share, block.sums, block.others);
    }
    double sum = TreeF32.sum(block.sums);
    double other = TreeF32.sum(block.others);
    if (Double.isFinite(sum) && Double.isFinite(other)) {
      value.add((squared ? other : sum) / batch.classes);
      pull.add((squared ? sum : other) / batch.classes);
    } else {
      addInDouble(batch, row, first, label);
    }
  }

  /** The loss where a sum does not fit; from the logits, whose memory is not written yet. */
  private void addInDouble(RowBatch batch, int row, int first, int label) {
    int end = Math.min(first + ScoreBlockF32.SIZE, batch.classes);
    for (int j = first; j < end; j++) {
      double z = batch.given.allowed.contains(row, j) ? batch.given.logits.get(row, j) : floor;
      if (j != label && !(z <= floor)) {
        double v = z < Double.POSITIVE_INFINITY ? violation.of(z) : Double.NaN;
        value.add((squared ? v * v : v) / batch.classes);
        pull.add((squared ? v : 1) / batch.classes);
      }
    }
  }
}
