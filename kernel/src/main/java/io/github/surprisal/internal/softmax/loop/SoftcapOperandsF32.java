package io.github.surprisal.internal.softmax.loop;

import io.github.surprisal.internal.lane.TemperatureF32;

/** Operands of {@link SoftcapF32}. */
public final class SoftcapOperandsF32 {
  /** The first n elements, a multiple of 16: logits, which become the capped ones. */
  public final float[] y;

  public int n;

  /** Where their slopes go. */
  public float[] slopes;

  /** Of {@code exp(-2 |x| / (T c))}. */
  public TemperatureF32 cap;

  /** Operands with scratch memory for {@code n} logits, none for slopes. */
  public SoftcapOperandsF32(int n) {
    y = new float[n];
  }
}
