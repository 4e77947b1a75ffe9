package io.github.surprisal.softmax;

import io.github.surprisal.lane.ExpF64Twin;
import io.github.surprisal.lane.TemperatureF32;
import io.github.surprisal.lane.TemperatureF64;

/**
 * What becomes of the logits x before the softmax of z, and how the passes see it, as y:
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
  final TemperatureF32 temperatureF32;

  final TemperatureF64 temperatureF64;

  /** Whether there is a softcap. */
  final boolean capped;

  /** y = tanh(capFactor x). */
  final double capFactor;

  /** Of {@code e = exp(-2 |x| / (T c))}, from which {@code dy / dx = sech^2 / (T c)}. */
  final TemperatureF32 slopeF32;

  final TemperatureF64 slopeF64;

  /** dz / dx, but for what depends on the class. */
  final double slope;

  /** z / y. */
  final double unit;

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
    capFactor = 1 / scale;
    slopeF32 = new TemperatureF32(scale / 2);
    slopeF64 = new TemperatureF64(scale / 2);
  }

  /** sech^2(x / (T c)) = 4 e / (1 + e)^2. */
  double damping(double x) {
    var t = slopeF64;
    double origin = ExpF64Twin.origin(0, t.log2e);
    double e = ExpF64Twin.expScaled(-Math.abs(x), origin, t.log2e, t.ln2High, t.ln2Low, t.inverse);
    return 4 * e / ((1 + e) * (1 + e));
  }

  /** Whether z differs from x by a factor. */
  boolean tempered() {
    return unit != 1;
  }
}
