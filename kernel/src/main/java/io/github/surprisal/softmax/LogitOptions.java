package io.github.surprisal.softmax;

import io.github.surprisal.lane.TemperatureF32;
import io.github.surprisal.lane.TemperatureF64;

/** What becomes of the logits x before the softmax of z: {@code z = x / T}. */
public final class LogitOptions {
  /** The logits as they are. */
  public static final LogitOptions NONE = new LogitOptions(1);

  final TemperatureF32 temperatureF32;
  final TemperatureF64 temperatureF64;

  /** Whether z differs from x. */
  final boolean tempered;

  /** dz / dx, but for what depends on the class. */
  final double slope;

  /** z over what the passes work on. */
  final double unit;

  /** Options of a temperature from 2^-100 to 2^100. */
  public LogitOptions(double temperature) {
    temperatureF32 = new TemperatureF32(temperature);
    temperatureF64 = new TemperatureF64(temperature);
    tempered = temperature != 1;
    slope = 1 / temperature;
    unit = 1 / temperature;
  }
}
