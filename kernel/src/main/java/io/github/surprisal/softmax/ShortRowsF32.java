package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;

/**
 * Short rows, transposed into a buffer so that a vector holds one class of many rows: along a row
 * of ten classes, most lanes and most of the time would go to waste.
 */
final class ShortRowsF32 implements RowLayoutF32 {
  /** Beyond this, rows fill vectors well enough. */
  static final int MOST_CLASSES = 32;

  /** Distance of two classes in the buffer. */
  static final int PITCH = RowGroup.CAPACITY;

  private final PassF32[] list;
  private final PassF32[] gradientList;
  private final RowBufferF32 buffer;

  ShortRowsF32(PassF32[] list, PassF32[] gradientList, RowBufferF32 buffer) {
    this.list = list;
    this.gradientList = gradientList;
    this.buffer = buffer;
  }

  @Override
  public int capacity(int classes) {
    return RowGroup.CAPACITY;
  }

  @Override
  public void normalise(RowBatch batch, RowTerms terms, RowGroup group) {
    buffer.load(batch, group, 1, PITCH);
    buffer.run(list);
  }

  @Override
  public void gradient(RowBatch batch, RowTerms terms, RowGroup group) {
    buffer.loadSlopes(batch, group);
    buffer.out = batch.gradient.arrayF32;
    buffer.run(gradientList);
  }
}
