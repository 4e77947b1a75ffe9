package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.lane.ExpF32Twin;
import io.github.surprisal.reduction.RowBatch;
import java.util.Arrays;

/**
 * Rows of many blocks, one at a time. The exponentials of whole blocks go straight to the gradient;
 * the block of the maximum and the last one pass through a buffer as {@link StagedRowsF32} does it.
 * Without a gradient, the buffer takes them all.
 */
final class LongRowsF32 implements RowLayoutF32 {
  private final RowPassesF32 passes;
  private final SpreadF32 spread;
  private final TargetsF32 targets;
  private final float[] buffer = new float[BLOCK];
  private final float[] lanes = new float[TreeF32.LANES];

  // Of the row at hand.
  private float shift;
  private float origin;
  private float maxExp;

  LongRowsF32(RowPassesF32 passes, SpreadF32 spread, TargetsF32 targets) {
    this.passes = passes;
    this.spread = spread;
    this.targets = targets;
  }

  @Override
  public int capacity(int classes) {
    return 1;
  }

  @Override
  public void normalise(RowBatch batch, CrossEntropyTerms terms, RowGroup group) {
    int classes = batch.classes;
    float[] x = batch.logits.arrayF32;
    int from = batch.logits.at(group.row[0]);
    float max = Float.NEGATIVE_INFINITY;
    int maxBlock = 0;
    for (int first = 0; first < classes; first += BLOCK) {
      float blockMax = passes.max(x, from + first, from + Math.min(first + BLOCK, classes));
      if (blockMax > max) {
        max = blockMax;
        maxBlock = first;
      }
    }
    if (terms.needsTargets(batch)) {
      targets.sum(batch, terms, group, 0, max);
    } else if (terms.needsSpread(batch)) {
      group.spread[0] = spread.mean(x, from, classes, max);
    }
    int end = Math.min(maxBlock + BLOCK, classes);
    int k = passes.indexOf(x, from + maxBlock, from + end, max) - from;
    shift = ExpF32Twin.shift(max);
    origin = ExpF32Twin.origin(max - shift);
    maxExp = ExpF32Twin.expScaled(max - shift, origin);
    double rest = 0;
    for (int first = 0; first < classes; first += BLOCK) {
      rest += exp(batch, group, first, k);
    }
    group.put(0, max, maxExp, rest);
  }

  /** Exponentials of one block, and their sum without element k. */
  private double exp(RowBatch batch, RowGroup group, int first, int k) {
    int n = Math.min(BLOCK, batch.classes - first);
    boolean inside = k >= first && k < first + n;
    boolean store = batch.gradient.present();
    boolean staged = inside || n < BLOCK;
    float[] x = batch.logits.arrayF32;
    int from = batch.logits.at(group.row[0]) + first;
    float[] e = buffer;
    int to = 0;
    int length = BLOCK;
    if (staged) {
      length = TreeF32.padded(n);
      System.arraycopy(x, from, buffer, 0, n);
      Arrays.fill(buffer, n, length, Float.NEGATIVE_INFINITY);
      x = buffer;
      from = 0;
    } else if (store) {
      e = batch.gradient.arrayF32;
      to = batch.gradient.at(group.row[0]) + first;
    }
    if (inside) {
      buffer[k - first] = Float.NEGATIVE_INFINITY;
    }
    passes.exp(x, from, e, to, length, shift, origin, lanes);
    if (inside) {
      buffer[k - first] = maxExp;
    }
    int label = group.label[0] - first;
    if (label >= 0 && label < n) {
      group.labelExp[0] = e[to + label];
    }
    if (staged && store) {
      System.arraycopy(
          buffer, 0, batch.gradient.arrayF32, batch.gradient.at(group.row[0]) + first, n);
    }
    return TreeF32.sum(lanes);
  }

  @Override
  public void gradient(RowBatch batch, CrossEntropyTerms terms, RowGroup group) {
    float[] g = batch.gradient.arrayF32;
    int row = group.row[0];
    int at = batch.gradient.at(row);
    float slope = (float) group.slope[0];
    if (terms.needsTargets(batch)) {
      for (int first = 0; first < batch.classes; first += BLOCK) {
        int n = Math.min(BLOCK, batch.classes - first);
        float[] t = targets.stage(batch, terms, row, first, n);
        passes.gradient(g, at + first, g, at + first, n, slope, (float) group.scale[0], t);
      }
    } else {
      passes.gradient(g, at, g, at, batch.classes, slope, (float) group.uniform[0]);
    }
    if (!batch.probabilities.present()) {
      g[at + group.label[0]] = (float) group.labelGradient[0];
    }
  }
}
