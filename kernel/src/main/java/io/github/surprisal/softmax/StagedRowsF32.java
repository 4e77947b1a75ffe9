package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.RowBatch;
import java.util.Arrays;

/**
 * Rows of at most a block, a group at a time: copied to a buffer in the first-level cache and filled
 * up with -infinity to whole strips of 16, so that no pass that sums has a tail. There the maximum is
 * set to -infinity too while the exponentials are summed, which leaves it out of the rest. Passes
 * run over all rows of the group, so that the steps of one row do not wait for each other.
 */
final class StagedRowsF32 implements RowLayoutF32 {
  private static final int LANES = TreeF32.LANES;
  /** Up to this, the maximum of a row is found in its 16 lanes; beyond, in more at a time. */
  private static final int SHORT = 64;

  private final RowPassesF32 passes;
  private final GroupPassesF32 rowsAtOnce;
  private final SpreadF32 spread;
  private final TargetsF32 targets;
  private final float[] e = new float[2 * BLOCK];
  private final float[] lanes = new float[(RowGroup.CAPACITY + 1) * LANES];
  private final float[] max = new float[RowGroup.CAPACITY];
  private final float[] shift = new float[RowGroup.CAPACITY];
  private final float[] origin = new float[RowGroup.CAPACITY];
  private final float[] maxExp = new float[RowGroup.CAPACITY];
  private final float[] rest = new float[RowGroup.CAPACITY];
  private final float[] slope = new float[RowGroup.CAPACITY];
  private final float[] uniform = new float[RowGroup.CAPACITY];
  private final int[] first = new int[RowGroup.CAPACITY];

  StagedRowsF32(
      RowPassesF32 passes, GroupPassesF32 rowsAtOnce, SpreadF32 spread, TargetsF32 targets) {
    this.passes = passes;
    this.rowsAtOnce = rowsAtOnce;
    this.spread = spread;
    this.targets = targets;
  }

  @Override
  public int capacity(int classes) {
    return Math.min(RowGroup.CAPACITY, e.length / TreeF32.padded(classes));
  }

  @Override
  public void normalise(RowBatch batch, CrossEntropyTerms terms, RowGroup group) {
    int rows = group.size;
    int pitch = TreeF32.padded(batch.classes);
    stage(batch, group, pitch);
    if (pitch <= SHORT) {
      rowsAtOnce.max(e, pitch, rows, lanes, max);
    } else {
      for (int i = 0; i < rows; i++) {
        max[i] = passes.max(e, i * pitch, (i + 1) * pitch);
      }
    }
    rowsAtOnce.scale(max, rows, shift, origin, maxExp);
    for (int i = 0; i < rows; i++) {
      int at = i * pitch;
      int label = at + group.label[i];
      first[i] =
          label >= at && e[label] == max[i] ? label : passes.indexOf(e, at, at + pitch, max[i]);
    }
    for (int i = 0; i < rows; i++) {
      e[first[i]] = Float.NEGATIVE_INFINITY;
    }
    rowsAtOnce.exp(e, pitch, rows, shift, origin, lanes);
    rowsAtOnce.sum(lanes, rows, rest);
    for (int i = 0; i < rows; i++) {
      e[first[i]] = maxExp[i];
      group.put(i, max[i], maxExp[i], rest[i]);
      if (group.label[i] >= 0) {
        group.labelExp[i] = e[i * pitch + group.label[i]];
      }
    }
    addTargets(batch, terms, group);
  }

  private void stage(RowBatch batch, RowGroup group, int pitch) {
    int classes = batch.classes;
    float[] x = batch.logits.arrayF32;
    int end = batch.logits.at(batch.rows - 1) + classes;
    int whole = 0;
    if (group.consecutive()) {
      // Whole vectors may be read as long as they lie within the given range.
      whole = group.size;
      while (whole > 0 && batch.logits.at(group.row[whole - 1]) + pitch > end) {
        whole--;
      }
      int from = batch.logits.at(group.row[0]);
      rowsAtOnce.stage(x, from, batch.logits.stride(), e, 0, pitch, classes, whole);
    }
    for (int i = whole; i < group.size; i++) {
      System.arraycopy(x, batch.logits.at(group.row[i]), e, i * pitch, classes);
      Arrays.fill(e, i * pitch + classes, (i + 1) * pitch, Float.NEGATIVE_INFINITY);
    }
  }

  private void addTargets(RowBatch batch, CrossEntropyTerms terms, RowGroup group) {
    if (terms.needsTargets(batch)) {
      for (int i = 0; i < group.size; i++) {
        targets.sum(batch, terms, group, i, max[i]);
      }
    } else if (terms.needsSpread(batch)) {
      for (int i = 0; i < group.size; i++) {
        int from = batch.logits.at(group.row[i]);
        group.spread[i] = spread.mean(batch.logits.arrayF32, from, batch.classes, max[i]);
      }
    }
  }

  @Override
  public void gradient(RowBatch batch, CrossEntropyTerms terms, RowGroup group) {
    int classes = batch.classes;
    int pitch = TreeF32.padded(classes);
    float[] g = batch.gradient.arrayF32;
    for (int i = 0; i < group.size; i++) {
      slope[i] = (float) group.slope[i];
      uniform[i] = (float) group.uniform[i];
    }
    int done = 0;
    if (terms.needsTargets(batch)) {
      for (; done < group.size; done++) {
        int row = group.row[done];
        float[] t = targets.stage(batch, terms, row, 0, classes);
        float scale = (float) group.scale[done];
        int to = batch.gradient.at(row);
        passes.gradient(e, done * pitch, g, to, classes, slope[done], scale, t);
      }
    } else if (group.consecutive() && batch.gradient.stride() == classes) {
      // Vectors may not write past the last row: what follows is not ours.
      done = Math.max(0, (group.size * classes - pitch + classes) / classes);
      int to = batch.gradient.at(group.row[0]);
      rowsAtOnce.gradient(e, pitch, g, to, classes, done, slope, uniform);
    }
    for (; done < group.size; done++) {
      int to = batch.gradient.at(group.row[done]);
      passes.gradient(e, done * pitch, g, to, classes, slope[done], uniform[done]);
    }
    if (!batch.probabilities.present()) {
      for (int i = 0; i < group.size; i++) {
        int at = batch.gradient.at(group.row[i]) + group.label[i];
        g[at] = (float) group.labelGradient[i];
      }
    }
  }
}
