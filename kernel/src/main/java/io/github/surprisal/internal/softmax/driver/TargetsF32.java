package io.github.surprisal.internal.softmax.driver;

import static io.github.surprisal.internal.softmax.loop.Sizes.LANES;
import static io.github.surprisal.internal.softmax.loop.Sizes.MOST;

import io.github.surprisal.internal.loop.Loop;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.Group;
import io.github.surprisal.internal.softmax.formula.RowTerms;
import io.github.surprisal.internal.softmax.formula.TargetSums;
import io.github.surprisal.internal.softmax.loop.RowMapKind;
import io.github.surprisal.internal.softmax.loop.RowMapOperandsF32;
import io.github.surprisal.internal.softmax.loop.Sizes;
import io.github.surprisal.internal.softmax.loop.SlicesF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxLoopsF32;
import io.github.surprisal.internal.softmax.loop.SoftmaxScalars;
import io.github.surprisal.internal.softmax.loop.SumKind;
import io.github.surprisal.internal.softmax.loop.SumOperandsF32;
import java.util.Arrays;

/**
 * Target masses t_j = w_j (factor q_j + constant) that differ by class. They are probabilities of
 * the batch where they are, or what options make of them, a block of a row at a time, over the unit
 * of {@link io.github.surprisal.internal.reduction.ClassWeights#loopUnit}.
 */
final class TargetsF32 {
  final TargetSums sums = new TargetSums();

  /** The masses of the block that was seen last, of one row or of all. */
  final SlicesF32 t = new SlicesF32();

  /** 2^13, which a sum of gaps was divided by. */
  private static final double GAP_SCALE = 0x1p13;

  private final Loop<SumOperandsF32> sum;
  private final Loop<SumOperandsF32> gap;
  private final Loop<RowMapOperandsF32> map;
  private final SumOperandsF32 operands = new SumOperandsF32();
  private final RowMapOperandsF32 mapOperands = new RowMapOperandsF32();
  private final LogitsF32 logits;
  private final float[] masses = new float[MOST];
  private final float[] ones = new float[MOST];

  TargetsF32(SoftmaxLoopsF32 loops, LogitsF32 logits) {
    this.logits = logits;
    sum = loops.sum(SumKind.TARGETS);
    gap = loops.sum(SumKind.GAP);
    map = loops.map(RowMapKind.TARGETS);
    Arrays.fill(ones, 1);
  }

  /**
   * Sums the masses, and their products with m - x_j, of rows whose maxima m are known; or where a
   * label is smoothed alike, m - x_j alone.
   */
  void sum(RowBatch batch, RowTerms terms, Group group, SoftmaxScalars s) {
    if (terms.needsTargets(batch)) {
      masses(batch, terms, group, s.max);
    } else if (terms.needsGap(batch)) {
      gaps(batch, group, s);
    }
  }

  private void gaps(RowBatch batch, Group group, SoftmaxScalars s) {
    for (int c = 0, n; c < batch.classes; c += n) {
      n = Sizes.block(c, batch.classes);
      logits.see(c, n);
      operands.x = operands.y = logits.x.array;
      operands.n = n;
      for (int r = 0; r < group.size; r++) {
        operands.xAt = operands.yAt = logits.x.at(r);
        operands.max = (float) s.max[r];
        operands.first = 0;
        gap.run(operands);
        s.gap[r] += operands.first;
      }
    }
    for (int r = 0; r < group.size; r++) {
      s.gap[r] = s.gap[r] / batch.classes * GAP_SCALE;
    }
  }

  private void masses(RowBatch batch, RowTerms terms, Group group, double[] max) {
    Arrays.fill(sums.mass, 0, group.size, 0);
    Arrays.fill(sums.dot, 0, group.size, 0);
    for (int c = 0, n; c < batch.classes; c += n) {
      n = Sizes.block(c, batch.classes);
      logits.see(c, n);
      for (int r = 0; r < group.size; r++) {
        see(batch, terms, group, r, c, n);
        operands.x = t.array;
        operands.xAt = t.at(r);
        operands.y = logits.x.array;
        operands.yAt = logits.x.at(r);
        operands.n = n;
        operands.max = (float) max[r];
        operands.first = 0;
        operands.second = 0;
        sum.run(operands);
        sums.mass[r] += operands.first;
        sums.dot[r] += operands.second;
      }
    }
    double unit = batch.classWeights == null ? 1 : batch.classWeights.loopUnit;
    for (int r = 0; r < group.size; r++) {
      sums.mass[r] *= unit;
      sums.dot[r] *= unit;
    }
  }

  /** Whether the masses are the probabilities themselves, of all rows of a group. */
  static boolean asGiven(RowBatch batch, RowTerms terms, int n) {
    return batch.probabilities.present()
        && n >= LANES
        && terms.targetFactor() == 1
        && terms.targetConstant(batch, 0) == 0
        && batch.classWeights == null;
  }

  /** Sees the masses of all rows that are as given. */
  void seeGiven(RowBatch batch, Group group, int c) {
    t.set(batch.probabilities, group.row);
    t.from = c;
  }

  /** Sees the masses of classes [c, c + n) of row r of the group. */
  void see(RowBatch batch, RowTerms terms, Group group, int r, int c, int n) {
    if (asGiven(batch, terms, n)) {
      seeGiven(batch, group, c);
      return;
    }
    int row = group.row[r];
    t.set(masses, 0);
    float constant = (float) terms.targetConstant(batch, row);
    boolean given = batch.probabilities.present();
    if (given) {
      map(batch, row, c, n, (float) terms.targetFactor(), constant);
      if (constant != 0 && batch.allowed.present()) {
        smoothAllowed(batch, terms, row, c, n);
      }
    } else {
      smooth(batch, row, c, n, constant);
    }
    // What fills up a block that is too short for a vector.
    Arrays.fill(masses, n, Math.max(n, LANES), 0);
  }

  private static float[] weights(RowBatch batch) {
    return batch.classWeights == null ? null : batch.classWeights.loopF32;
  }

  /** Masses of a label's smoothing. */
  private void smooth(RowBatch batch, int row, int c, int n, float constant) {
    float[] w = weights(batch);
    for (int i = 0; i < n; i++) {
      masses[i] = w == null ? constant : constant * w[c + i];
    }
    if (batch.allowed.present()) {
      batch.allowed.fillOthers(row, c, n, masses, 0, 0);
    }
  }

  private void map(RowBatch batch, int row, int c, int n, float factor, float constant) {
    float[] w = weights(batch);
    mapOperands.x = batch.probabilities.arrayF32;
    mapOperands.xAt = batch.probabilities.at(row) + c;
    mapOperands.y = w == null ? ones : w;
    mapOperands.yAt = w == null ? 0 : c;
    mapOperands.to = masses;
    mapOperands.toAt = 0;
    mapOperands.n = n;
    mapOperands.a = factor;
    mapOperands.b = constant;
    map.run(mapOperands);
  }

  /** Takes the share of smoothing from classes that are not allowed. */
  private void smoothAllowed(RowBatch batch, RowTerms terms, int row, int c, int n) {
    float factor = (float) terms.targetFactor();
    float[] q = batch.probabilities.arrayF32;
    int at = batch.probabilities.at(row) + c;
    float[] w = weights(batch);
    for (int i = 0; i < n; i++) {
      if (!batch.allowed.contains(row, c + i)) {
        masses[i] = q[at + i] * factor * (w == null ? 1 : w[c + i]);
      }
    }
  }

  /** Forgets the caller's arrays. */
  void release() {
    t.release();
    operands.release();
    mapOperands.release();
  }
}
