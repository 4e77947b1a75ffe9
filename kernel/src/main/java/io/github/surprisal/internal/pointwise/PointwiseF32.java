package io.github.surprisal.internal.pointwise;

import io.github.surprisal.internal.lane.Provider;
import io.github.surprisal.internal.reduction.ElementBatch;
import io.github.surprisal.internal.reduction.Rows;
import io.github.surprisal.internal.reduction.TreeF32;
import java.util.Arrays;

/**
 * A block of a pointwise loss: each step of the formula runs over it in the first-level cache
 * before the next does.
 */
final class PointwiseF32 {
  private final ElementPassesF32 passes =
      Provider.SIMD ? new ElementKernelF32() : new ElementKernelF32Twin();
  private final BlockF32 block = new BlockF32();

  /** The losses, without their weights. */
  final float[] values = new float[BlockF32.LENGTH];

  private final float[] weighed = new float[BlockF32.LENGTH];
  private final float[] slopes = new float[BlockF32.LENGTH];

  /** The other derivative of a call: by the parameter, or the second. */
  private final float[] others = new float[BlockF32.LENGTH];

  private final float[] weights = new float[BlockF32.LENGTH];
  private final float[] factors = new float[BlockF32.LENGTH];

  /**
   * Computes the losses of elements {@code from} to {@code from + n}; returns their weighted sum.
   */
  double values(ElementBatch batch, LoopsF32 loops, int from, int n) {
    block.length = TreeF32.padded(n);
    block.predictions.set(batch.given.predictions, batch.given.columns, from, n);
    block.targets.set(batch.given.targets, batch.given.columns, from, n);
    stageIntermediates(batch, loops, from, n);
    if (!batch.scaledAlike()) {
      batch.stageWeights(from, n);
      round(batch.blockWeights, weights, n);
      round(batch.blockFactors, factors, n);
    }
    loops.run(Step.VALUE, block, 1, values, 0);
    Arrays.fill(values, n, block.length, 0);
    return batch.weighted() ? weightedSum(batch, n) : passes.sum(values, block.length);
  }

  private double weightedSum(ElementBatch batch, int n) {
    if (batch.moderate()) {
      System.arraycopy(values, 0, weighed, 0, block.length);
      passes.weigh(weighed, 0, weights, weights, block.length);
      Arrays.fill(weighed, n, block.length, 0);
      return passes.sum(weighed, block.length);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += batch.blockWeights[i] == 0 ? 0 : batch.heldWeight(i) * values[i];
    }
    return sum;
  }

  private void stageIntermediates(ElementBatch batch, LoopsF32 loops, int from, int n) {
    int count = loops.intermediates();
    if (batch.given.parameter.present()) {
      InputF32.read(batch.given.parameter, batch.given.columns, from, n, block.a);
    } else if (batch.given.parameters != null) {
      repeat(batch.given.parameters, from, block.a, n);
    } else if (count >= 1) {
      loops.run(Step.FIRST, block, 1, block.a, 0);
    }
    if (count >= 2) {
      loops.run(Step.SECOND, block, 1, block.b, 0);
    }
    if (count >= 3) {
      loops.run(Step.THIRD, block, 1, block.c, 0);
    }
  }

  /** to[i] = values[(from + i) mod values.length]. */
  private static void repeat(double[] values, int from, float[] to, int n) {
    int filled = Math.min(n, values.length);
    for (int i = 0, at = from % values.length; i < filled; i++) {
      to[i] = (float) values[at];
      at = at + 1 == values.length ? 0 : at + 1;
    }
    for (; filled < n; filled *= 2) {
      System.arraycopy(to, 0, to, filled, Math.min(filled, n - filled));
    }
  }

  private static void round(double[] values, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = (float) values[i];
    }
  }

  /** Writes a derivative of the block whose losses were computed last. */
  void derivative(ElementBatch batch, LoopsF32 loops, Step step, Rows to, int from, int n) {
    boolean direct = InputF32.direct(to, batch.given.columns, n);
    float[] out = direct ? to.arrayF32 : slopes;
    int at = direct ? to.at(0) + from : 0;
    derivative(batch, loops, step, out, at, n);
    if (!direct) {
      write(slopes, to, batch.given.columns, from, n);
    }
  }

  /** Computes a derivative and keeps it for {@link #write}; whether every element is finite. */
  boolean stage(ElementBatch batch, LoopsF32 loops, Step step, int n) {
    float[] out = staged(step);
    derivative(batch, loops, step, out, 0, n);
    Arrays.fill(out, n, block.length, 0);
    return passes.finite(out, block.length);
  }

  /** Writes a derivative of the block that was staged. */
  void write(Step step, Rows to, int columns, int from, int n) {
    write(staged(step), to, columns, from, n);
  }

  private float[] staged(Step step) {
    return step == Step.SLOPE ? slopes : others;
  }

  /** Computes a derivative, to be read from the array that it returns. */
  float[] derivative(ElementBatch batch, LoopsF32 loops, Step step, int n) {
    derivative(batch, loops, step, slopes, 0, n);
    return slopes;
  }

  private void derivative(
      ElementBatch batch, LoopsF32 loops, Step step, float[] out, int at, int n) {
    if (batch.scaledAlike()) {
      loops.run(step, block, (float) batch.scale(), out, at);
    } else {
      loops.run(step, block, 1, out, at);
      if (batch.moderate()) {
        passes.weigh(out, at, factors, weights, block.length);
      } else {
        weighInDouble(batch, out, at, n);
      }
    }
  }

  /** By the rules of {@link ElementPassesF32#weigh}. */
  private static void weighInDouble(ElementBatch batch, float[] out, int at, int n) {
    for (int i = 0; i < n; i++) {
      double f = batch.blockFactors[i];
      float v = out[at + i];
      boolean zero = batch.blockWeights[i] == 0 || f == 0 && !Float.isNaN(v);
      out[at + i] = zero ? 0 : (float) (v * f);
    }
  }

  private static void write(float[] values, Rows to, int columns, int from, int n) {
    for (int i = 0; i < n; ) {
      int row = (from + i) / columns;
      int column = (from + i) % columns;
      int length = Math.min(n - i, columns - column);
      if (to.columnStride() == 1) {
        System.arraycopy(values, i, to.arrayF32, to.at(row) + column, length);
      } else {
        for (int k = 0; k < length; k++) {
          to.put(row, column + k, values[i + k]);
        }
      }
      i += length;
    }
  }
}
