package io.github.surprisal.internal.softmax.shortrow;

import static io.github.surprisal.internal.softmax.loop.Sizes.ROWS;

import io.github.surprisal.internal.lane.TemperatureF32;

/** Maximum, scale and logit of the label of each row. */
final class ColumnScaleF32 {
  /** What logits are divided by. */
  TemperatureF32 temperature = TemperatureF32.ONE;

  final float[] max = new float[ROWS];

  /** What is subtracted from logits before the exponential, 0 in nearly all rows. */
  final float[] shift = new float[ROWS];

  /** The exponent bias with which the exponential of the maximum is near 1. */
  final float[] origin = new float[ROWS];

  final float[] maxExp = new float[ROWS];

  /** The logit of the label, -infinity without one. */
  final float[] labelLogit = new float[ROWS];
}
