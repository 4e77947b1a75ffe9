package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.lane.TemperatureF32;
import io.github.surprisal.internal.lane.TemperatureF64;

/**
 * What becomes of the logits x before the softmax of z, and how the loops see it, as y:
 *
 * <pre>
 *   z = x / T                        y = x
 *   z = c tanh(x / (T c))            y = tanh(x / (T c)), whose temperature is 1 / c
 * </pre>
 */
public final class LogitOptions {
  /** The logits as they are. */
  public static final LogitOptions NONE = new LogitOptions(1, Double.POSITIVE_INFINITY);

  /** Of y. */
  public final TemperatureF32 temperatureF32;

  public final TemperatureF64 temperatureF64;

  /** Whether there is a softcap. */
  public final boolean capped;

  /** Of {@code exp(-2 |x| / (T c))}, from which come y and its slope. */
  public final TemperatureF32 capF32;

  public final TemperatureF64 capF64;

  /** dz / dx, but for what depends on the class. */
  public final double slope;

  /** z / y. */
  public final double unit;

  /**
   * Options of a temperature from 2^-100 to 2^100, and a softcap from 2^-20 to 2^20 or infinity.
   */
  public LogitOptions(double temperature, double softcap) {
    capped = softcap != Double.POSITIVE_INFINITY;
    double t = capped ? 1 / softcap : temperature;
    temperatureF32 = new TemperatureF32(t);
    temperatureF64 = new TemperatureF64(t);
    slope = 1 / temperature;
    unit = capped ? softcap : 1 / temperature;
    double scale = capped ? temperature * softcap : 1;
    capF32 = new TemperatureF32(scale / 2);
    capF64 = new TemperatureF64(scale / 2);
  }

  /** Whether z differs from x by a factor. */
  public boolean tempered() {
    return unit != 1;
  }
}
