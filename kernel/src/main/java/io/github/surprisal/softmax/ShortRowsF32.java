package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.lane.Provider;
import io.github.surprisal.reduction.RowBatch;
import java.util.Arrays;

/**
 * Short rows, transposed into a buffer so that a vector holds one class of many rows: along a row
 * of ten classes, most lanes and most of the time would go to waste.
 */
final class ShortRowsF32 implements RowLayoutF32 {
  /** Beyond this, rows fill vectors well enough. */
  static final int MOST_CLASSES = 32;

  private static final int PITCH = RowGroup.CAPACITY;
  private static final ColumnPassesF32 PASSES =
      Provider.SIMD ? new ColumnKernelF32() : new ColumnKernelF32Twin();

  private final SpreadF32 spread;
  private final float[] e = new float[BLOCK];
  private final float[] lanes = new float[TreeF32.LANES * PITCH];
  private final float[] max = new float[PITCH];
  private final float[] first = new float[PITCH];
  private final float[] rest = new float[PITCH];
  private final float[] slope = new float[PITCH];
  private final float[] uniform = new float[PITCH];

  ShortRowsF32(SpreadF32 spread) {
    this.spread = spread;
  }

  @Override
  public int capacity(int classes) {
    return PITCH;
  }

  @Override
  public void normalise(RowBatch batch, CrossEntropyTerms terms, RowGroup group) {
    int classes = batch.classes;
    int rows = group.size;
    float[] x = batch.logits.arrayF32;
    for (int i = 0; i < rows; i++) {
      int from = batch.logits.at(group.row[i]);
      for (int c = 0; c < classes; c++) {
        e[c * PITCH + i] = x[from + c];
      }
    }
    PASSES.max(e, rows, classes, max, first);
    Arrays.fill(lanes, 0);
    PASSES.exp(e, rows, classes, max, first, lanes);
    PASSES.sum(lanes, rows, rest);
    for (int i = 0; i < rows; i++) {
      group.put(i, max[i], e[(int) first[i] * PITCH + i], rest[i]);
      group.labelExp[i] = e[group.label[i] * PITCH + i];
    }
    if (terms.needsSpread(batch)) {
      for (int i = 0; i < rows; i++) {
        group.spread[i] = spread.mean(x, batch.logits.at(group.row[i]), classes, max[i]);
      }
    }
  }

  @Override
  public void gradient(RowBatch batch, CrossEntropyTerms terms, RowGroup group) {
    int classes = batch.classes;
    int rows = group.size;
    for (int i = 0; i < rows; i++) {
      slope[i] = (float) group.slope[i];
      uniform[i] = (float) -group.uniform[i];
    }
    PASSES.gradient(e, rows, classes, slope, uniform);
    float[] g = batch.gradient.arrayF32;
    for (int i = 0; i < rows; i++) {
      int to = batch.gradient.at(group.row[i]);
      for (int c = 0; c < classes; c++) {
        g[to + c] = e[c * PITCH + i];
      }
      g[to + group.label[i]] = (float) group.labelGradient[i];
    }
  }
}
