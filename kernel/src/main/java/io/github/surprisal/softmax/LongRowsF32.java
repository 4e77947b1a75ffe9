package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.Indices;
import io.github.surprisal.reduction.RowBatch;

/**
 * Rows of many blocks, one at a time. Their exponentials wait in the gradient's own memory for the
 * factor that makes them the gradient; without a gradient, they are not kept.
 */
final class LongRowsF32 implements RowLayoutF32 {
  private final PassF32[] list;
  private final RowPassesF32 passes;
  private final TargetsF32 targets;
  private final RowBufferF32 buffer;

  LongRowsF32(PassF32[] list, RowPassesF32 passes, TargetsF32 targets, RowBufferF32 buffer) {
    this.list = list;
    this.passes = passes;
    this.targets = targets;
    this.buffer = buffer;
  }

  @Override
  public int capacity(int classes) {
    return 1;
  }

  @Override
  public void normalise(RowBatch batch, RowTerms terms, RowGroup group) {
    buffer.prepared.labels(group, buffer);
    buffer.load(batch, group, BLOCK, 1);
    buffer.byBlocks = true;
    buffer.next.follow(batch, batch.logits, group.row[0]);
    buffer.out = batch.gradient.arrayF32;
    buffer.outAt = buffer.out == null ? 0 : batch.gradient.at(group.row[0]);
    buffer.run(list);
  }

  @Override
  public void gradient(RowBatch batch, RowTerms terms, RowGroup group) {
    float[] g = batch.gradient.arrayF32;
    int row = group.row[0];
    int at = batch.gradient.at(row);
    float slope = (float) group.slope[0];
    if (terms.needsTargets(batch)) {
      float scale = (float) group.scale[0];
      for (int c = 0; c < batch.classes; c = Indices.next(c, BLOCK, batch.classes)) {
        int n = Math.min(BLOCK, batch.classes - c);
        float[] t = targets.stage(batch, terms, row, c, n);
        passes.gradient(g, at + c, g, at + c, n, slope, scale, t);
      }
    } else {
      passes.gradient(g, at, g, at, batch.classes, slope, (float) group.uniform[0]);
    }
  }
}
