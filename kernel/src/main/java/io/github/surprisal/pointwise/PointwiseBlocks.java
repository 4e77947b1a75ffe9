package io.github.surprisal.pointwise;

import io.github.surprisal.reduction.ElementBatch;

/** Takes the elements of a call through a pointwise loss, block after block. */
public final class PointwiseBlocks {
  private PointwiseF32 float32;
  private PointwiseF64 float64;

  /** Without scratch memory yet. */
  public PointwiseBlocks() {}

  /** Losses, their totals and derivatives of a batch of floats; {@code wide} may be null. */
  public void run(ElementBatch batch, LoopsF32 loops, LoopsF64 wide) {
    float32 = float32 == null ? new PointwiseF32() : float32;
    for (int from = 0; from < batch.length; from += BlockF32.LENGTH) {
      int n = Math.min(BlockF32.LENGTH, batch.length - from);
      double sum = float32.values(batch, loops, from, n);
      if (!Double.isFinite(sum) && wide != null) {
        // What overflows in float32 may be well in the range of the result.
        sum = inFloat64(batch, wide, from, n);
      }
      batch.add(sum);
      for (int i = 0; batch.losses.present() && i < n; i++) {
        batch.losses.put(from + i, float32.values[i]);
      }
      float32.derivatives(batch, loops, from, n);
    }
  }

  /** The same of a batch of doubles. */
  public void run(ElementBatch batch, LoopsF64 loops) {
    for (int from = 0; from < batch.length; from += BlockF64.LENGTH) {
      int n = Math.min(BlockF64.LENGTH, batch.length - from);
      batch.add(inFloat64(batch, loops, from, n));
      for (int i = 0; batch.losses.present() && i < n; i++) {
        batch.losses.put(from + i, float64.values[i]);
      }
      float64.derivatives(batch, loops, from, n);
    }
  }

  private double inFloat64(ElementBatch batch, LoopsF64 loops, int from, int n) {
    float64 = float64 == null ? new PointwiseF64() : float64;
    return float64.values(batch, loops, from, n);
  }
}
