package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.TreeF32;

/**
 * Rows of at most a block, a group at a time: copied to a buffer in the first-level cache and
 * filled up with -infinity to whole strips of 16, so that no pass that sums has a tail. There the
 * maximum is set to -infinity too while the exponentials are summed, which leaves it out of the
 * rest. Each pass runs over all rows of the group, so that the steps of one row do not wait for
 * each other.
 */
final class StagedRowsF32 implements RowLayoutF32 {
  private final PassF32[] list;
  private final RowPassesF32 passes;
  private final TargetsF32 targets;
  private final RowBufferF32 buffer;

  StagedRowsF32(PassF32[] list, RowPassesF32 passes, TargetsF32 targets, RowBufferF32 buffer) {
    this.list = list;
    this.passes = passes;
    this.targets = targets;
    this.buffer = buffer;
  }

  @Override
  public int capacity(int classes) {
    return RowBufferF32.capacity(classes);
  }

  @Override
  public void normalise(RowBatch batch, RowTerms terms, RowGroup group) {
    buffer.load(batch, group, TreeF32.padded(batch.classes), 1);
    buffer.ahead.look(batch, batch.logits, group);
    buffer.run(list);
  }

  @Override
  public void gradient(RowBatch batch, RowTerms terms, RowGroup group) {
    buffer.loadSlopes(batch, group);
    float[] g = batch.gradient.arrayF32;
    int n = batch.classes;
    boolean needsTargets = terms.needsTargets(batch);
    for (int r = 0; r < group.size; r++) {
      int from = r * buffer.pitch;
      float slope = buffer.slope[r];
      if (needsTargets) {
        float[] t = targets.stage(batch, terms, group.row[r], 0, n);
        passes.gradient(buffer.e, from, g, buffer.at[r], n, slope, (float) group.scale[r], t);
      } else {
        passes.gradient(buffer.e, from, g, buffer.at[r], n, slope, buffer.uniform[r]);
      }
    }
  }
}
