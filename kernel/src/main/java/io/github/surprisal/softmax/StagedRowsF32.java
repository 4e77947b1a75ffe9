package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.lane.ExpF32Twin;
import io.github.surprisal.reduction.RowBatch;
import java.util.Arrays;

/**
 * Rows of at most a block: each is copied to a buffer in the first-level cache, filled up with
 * -infinity to whole strips of 16, so that no pass that sums has a tail. There the maximum is set
 * to -infinity too while the exponentials are summed, which leaves it out of the rest.
 */
final class StagedRowsF32 implements RowLayoutF32 {
  private final RowPassesF32 passes;
  private final SpreadF32 spread;
  private final TargetsF32 targets;
  private final float[] e = new float[2 * BLOCK];
  private final float[] lanes = new float[TreeF32.LANES];

  StagedRowsF32(RowPassesF32 passes, SpreadF32 spread, TargetsF32 targets) {
    this.passes = passes;
    this.spread = spread;
    this.targets = targets;
  }

  @Override
  public int capacity(int classes) {
    return Math.min(RowGroup.CAPACITY, e.length / Math.max(TreeF32.LANES, TreeF32.padded(classes)));
  }

  @Override
  public void normalise(RowBatch batch, CrossEntropyTerms terms, RowGroup group) {
    int classes = batch.classes;
    int pitch = TreeF32.padded(classes);
    float[] x = batch.logits.arrayF32;
    for (int i = 0; i < group.size; i++) {
      int from = batch.logits.at(group.row[i]);
      int at = i * pitch;
      System.arraycopy(x, from, e, at, classes);
      Arrays.fill(e, at + classes, at + pitch, Float.NEGATIVE_INFINITY);
      float max = passes.max(e, at, at + pitch);
      if (terms.needsTargets(batch)) {
        targets.sum(batch, terms, group, i, max);
      } else if (terms.needsSpread(batch)) {
        group.spread[i] = spread.mean(x, from, classes, max);
      }
      int label = group.label[i];
      int k =
          label >= 0 && e[at + label] == max
              ? at + label
              : passes.indexOf(e, at, at + classes, max);
      e[k] = Float.NEGATIVE_INFINITY;
      float shift = ExpF32Twin.shift(max);
      float origin = ExpF32Twin.origin(max - shift);
      passes.exp(e, at, e, at, pitch, shift, origin, lanes);
      e[k] = ExpF32Twin.expScaled(max - shift, origin);
      group.put(i, max, e[k], TreeF32.sum(lanes));
      if (label >= 0) {
        group.labelExp[i] = e[at + label];
      }
    }
  }

  @Override
  public void gradient(RowBatch batch, CrossEntropyTerms terms, RowGroup group) {
    int classes = batch.classes;
    int pitch = TreeF32.padded(classes);
    float[] g = batch.gradient.arrayF32;
    for (int i = 0; i < group.size; i++) {
      int to = batch.gradient.at(group.row[i]);
      float slope = (float) group.slope[i];
      if (terms.needsTargets(batch)) {
        float[] t = targets.stage(batch, terms, group.row[i], 0, classes);
        passes.gradient(e, i * pitch, g, to, classes, slope, (float) group.scale[i], t);
      } else {
        passes.gradient(e, i * pitch, g, to, classes, slope, (float) group.uniform[i]);
      }
      if (!batch.probabilities.present()) {
        g[to + group.label[i]] = (float) group.labelGradient[i];
      }
    }
  }
}
