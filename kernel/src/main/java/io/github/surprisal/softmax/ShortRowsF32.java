package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.TreeF32;

/**
 * Short rows, transposed into a buffer so that a vector holds one class of many rows: along a row
 * of ten classes, most lanes and most of the time would go to waste.
 */
final class ShortRowsF32 implements RowLayoutF32 {
  /** Beyond this, rows fill vectors well enough. */
  static final int MOST_CLASSES = 32;

  /** Distance of two classes in the buffer: no power of two, so that they share no set of lines. */
  static final int PITCH = RowGroup.CAPACITY + 16;

  /** Elements of the buffer. */
  static final int ROOM = MOST_CLASSES * PITCH;

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
    // As many rows as the first-level cache has room for: each group costs 600 ns for its passes.
    return classes <= TreeF32.LANES ? RowGroup.CAPACITY : RowGroup.CAPACITY / 2;
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
