package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.TreeF32;

/** {@link StagedRowsF32} of prepared logits, which stay beside the exponentials if need be. */
final class PreparedRowsF32 implements RowLayoutF32 {
  private final PassF32[] list;
  private final PreparedGradientF32 gradient;
  private final RowBufferF32 buffer;

  PreparedRowsF32(PassF32[] list, PreparedGradientF32 gradient, RowBufferF32 buffer) {
    this.list = list;
    this.gradient = gradient;
    this.buffer = buffer;
  }

  @Override
  public int capacity(int classes) {
    return RowBufferF32.capacity(classes);
  }

  @Override
  public void normalise(RowBatch batch, RowTerms terms, RowGroup group) {
    buffer.prepared.labels(group, buffer);
    buffer.load(batch, group, TreeF32.padded(batch.classes), 1);
    buffer.ahead.look(batch, batch.logits, group);
    buffer.run(list);
  }

  @Override
  public void gradient(RowBatch batch, RowTerms terms, RowGroup group) {
    for (int i = 0; i < group.size; i++) {
      int at = i * buffer.pitch;
      gradient.block(
          batch, terms, group, i, 0, batch.classes, buffer.e, buffer.kept, buffer.slopes, at);
    }
  }
}
