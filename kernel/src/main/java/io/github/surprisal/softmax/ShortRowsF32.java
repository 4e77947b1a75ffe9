package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;

/**
 * Short rows, transposed into a buffer so that a vector holds one class of many rows: along a row
 * of ten classes, most lanes and most of the time would go to waste.
 */
final class ShortRowsF32 implements RowLayoutF32 {
  /** Beyond this, rows fill vectors well enough. */
  static final int MOST_CLASSES = 32;

  private static final int PITCH = RowGroup.CAPACITY;

  private final PassF32[] list;
  private final RowBufferF32 buffer;

  ShortRowsF32(PassF32[] list, RowBufferF32 buffer) {
    this.list = list;
    this.buffer = buffer;
  }

  @Override
  public int capacity(int classes) {
    return RowGroup.CAPACITY;
  }

  @Override
  public void normalise(RowBatch batch, RowTerms terms, RowGroup group) {
    buffer.load(batch, group, 1, PITCH);
    transpose(buffer.x, buffer.at, buffer.e, buffer.rows, buffer.classes);
    buffer.run(list);
  }

  /** Four classes at a time, then two, for the sake of the cost of the loop. */
  private static void transpose(float[] x, int[] at, float[] e, int rows, int classes) {
    int c = 0;
    for (; c <= classes - 4; c += 4) {
      for (int r = 0; r < rows; r++) {
        int from = at[r] + c;
        int to = c * PITCH + r;
        e[to] = x[from];
        e[to + PITCH] = x[from + 1];
        e[to + 2 * PITCH] = x[from + 2];
        e[to + 3 * PITCH] = x[from + 3];
      }
    }
    for (; c <= classes - 2; c += 2) {
      for (int r = 0; r < rows; r++) {
        int from = at[r] + c;
        int to = c * PITCH + r;
        e[to] = x[from];
        e[to + PITCH] = x[from + 1];
      }
    }
    for (; c < classes; c++) {
      for (int r = 0; r < rows; r++) {
        e[c * PITCH + r] = x[at[r] + c];
      }
    }
  }

  @Override
  public void gradient(RowBatch batch, RowTerms terms, RowGroup group) {
    buffer.loadSlopes(batch, group);
    gradient(buffer, batch.gradient.arrayF32);
  }

  /** slope e - uniform, transposed back. */
  private static void gradient(RowBufferF32 b, float[] g) {
    int[] at = b.at;
    float[] e = b.e;
    int c = 0;
    for (; c <= b.classes - 4; c += 4) {
      for (int r = 0; r < b.rows; r++) {
        int to = at[r] + c;
        int from = c * PITCH + r;
        float slope = b.slope[r];
        float uniform = -b.uniform[r];
        g[to] = Math.fma(e[from], slope, uniform);
        g[to + 1] = Math.fma(e[from + PITCH], slope, uniform);
        g[to + 2] = Math.fma(e[from + 2 * PITCH], slope, uniform);
        g[to + 3] = Math.fma(e[from + 3 * PITCH], slope, uniform);
      }
    }
    for (; c <= b.classes - 2; c += 2) {
      for (int r = 0; r < b.rows; r++) {
        int to = at[r] + c;
        int from = c * PITCH + r;
        float slope = b.slope[r];
        float uniform = -b.uniform[r];
        g[to] = Math.fma(e[from], slope, uniform);
        g[to + 1] = Math.fma(e[from + PITCH], slope, uniform);
      }
    }
    for (; c < b.classes; c++) {
      for (int r = 0; r < b.rows; r++) {
        g[at[r] + c] = Math.fma(e[c * PITCH + r], b.slope[r], -b.uniform[r]);
      }
    }
  }
}
