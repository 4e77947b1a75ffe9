package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.lane.Provider;
import io.github.surprisal.reduction.RowBatch;

/**
 * Short rows, transposed into a buffer so that a vector holds one class of many rows: along a row of
 * ten classes, most lanes and most of the time would go to waste.
 */
final class ShortRowsF32 implements RowLayoutF32 {
  private static final int PITCH = RowGroup.CAPACITY;

  /** Beyond this, rows fill vectors well enough. */
  static final int MOST_CLASSES = BLOCK / PITCH;

  private static final ColumnPassesF32 PASSES =
      Provider.SIMD ? new ColumnKernelF32() : new ColumnKernelF32Twin();

  private final GroupPassesF32 group;
  private final SpreadF32 spread;
  private final float[] e = new float[BLOCK];
  private final float[] lanes = new float[TreeF32.LANES * PITCH];
  private final float[] max = new float[PITCH];
  private final float[] first = new float[PITCH];
  private final float[] shift = new float[PITCH];
  private final float[] origin = new float[PITCH];
  private final float[] maxExp = new float[PITCH];
  private final float[] rest = new float[PITCH];
  private final float[] slope = new float[PITCH];
  private final float[] uniform = new float[PITCH];
  private final int[] at = new int[PITCH];

  ShortRowsF32(GroupPassesF32 group, SpreadF32 spread) {
    this.group = group;
    this.spread = spread;
  }

  @Override
  public int capacity(int classes) {
    return PITCH;
  }

  @Override
  public void normalise(RowBatch batch, CrossEntropyTerms terms, RowGroup g) {
    int classes = batch.classes;
    int rows = g.size;
    float[] x = batch.logits.arrayF32;
    for (int i = 0; i < rows; i++) {
      at[i] = batch.logits.at(g.row[i]);
    }
    transpose(x, rows, classes);
    PASSES.max(e, rows, classes, max, first);
    group.scale(max, rows, shift, origin, maxExp);
    // Without the maximum, the sum is the rest.
    for (int i = 0; i < rows; i++) {
      e[(int) first[i] * PITCH + i] = Float.NEGATIVE_INFINITY;
    }
    PASSES.exp(e, rows, classes, shift, origin);
    PASSES.sum(e, rows, classes, lanes, rest);
    for (int i = 0; i < rows; i++) {
      e[(int) first[i] * PITCH + i] = maxExp[i];
      g.put(i, max[i], maxExp[i], rest[i]);
      g.labelExp[i] = e[g.label[i] * PITCH + i];
    }
    if (terms.needsSpread(batch)) {
      for (int i = 0; i < rows; i++) {
        g.spread[i] = spread.mean(x, at[i], classes, max[i]);
      }
    }
  }

  /** Four classes at a time, for the sake of the cost of the loop. */
  private void transpose(float[] x, int rows, int classes) {
    int c = 0;
    for (; c <= classes - 4; c += 4) {
      for (int i = 0; i < rows; i++) {
        int from = at[i] + c;
        int to = c * PITCH + i;
        e[to] = x[from];
        e[to + PITCH] = x[from + 1];
        e[to + 2 * PITCH] = x[from + 2];
        e[to + 3 * PITCH] = x[from + 3];
      }
    }
    for (; c < classes; c++) {
      for (int i = 0; i < rows; i++) {
        e[c * PITCH + i] = x[at[i] + c];
      }
    }
  }

  @Override
  public void gradient(RowBatch batch, CrossEntropyTerms terms, RowGroup g) {
    int rows = g.size;
    float[] out = batch.gradient.arrayF32;
    for (int i = 0; i < rows; i++) {
      slope[i] = (float) g.slope[i];
      uniform[i] = (float) -g.uniform[i];
      at[i] = batch.gradient.at(g.row[i]);
    }
    transposeBack(out, rows, batch.classes);
    for (int i = 0; i < rows; i++) {
      out[at[i] + g.label[i]] = (float) g.labelGradient[i];
    }
  }

  /** slope e - uniform, back to rows. */
  private void transposeBack(float[] out, int rows, int classes) {
    int c = 0;
    for (; c <= classes - 4; c += 4) {
      for (int i = 0; i < rows; i++) {
        int to = at[i] + c;
        int from = c * PITCH + i;
        float a = slope[i];
        float b = uniform[i];
        out[to] = Math.fma(e[from], a, b);
        out[to + 1] = Math.fma(e[from + PITCH], a, b);
        out[to + 2] = Math.fma(e[from + 2 * PITCH], a, b);
        out[to + 3] = Math.fma(e[from + 3 * PITCH], a, b);
      }
    }
    for (; c < classes; c++) {
      for (int i = 0; i < rows; i++) {
        out[at[i] + c] = Math.fma(e[c * PITCH + i], slope[i], uniform[i]);
      }
    }
  }
}
