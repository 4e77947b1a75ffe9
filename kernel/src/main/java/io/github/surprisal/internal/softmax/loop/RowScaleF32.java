package io.github.surprisal.internal.softmax.loop;

import io.github.surprisal.internal.lane.ExpF32Twin;
import io.github.surprisal.internal.lane.TemperatureF32;

/** What scales the exponentials of a row, so that those of its largest logits are near 1. */
public final class RowScaleF32 {
  /** What logits are divided by. */
  public TemperatureF32 temperature = TemperatureF32.ONE;

  /** The maximum of the row. */
  float max;

  /** What is subtracted from logits before the exponential, 0 in nearly all rows. */
  float shift;

  /** The exponent bias of {@link io.github.surprisal.internal.lane.ExpF32#expScaled}. */
  float origin;

  /** Nothing yet. */
  public RowScaleF32() {}

  /** The exponential of the maximum. */
  float maxExp() {
    TemperatureF32 t = temperature;
    return ExpF32Twin.expScaled(max - shift, origin, t.log2e, t.high, t.low, t.inverse);
  }

  /** Takes up a row with a maximum. */
  public void set(float max) {
    this.max = max;
    shift = ExpF32Twin.shift(max, temperature.unshifted);
    origin = ExpF32Twin.origin(max - shift, temperature.log2e);
  }
}
