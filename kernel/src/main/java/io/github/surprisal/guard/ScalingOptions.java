package io.github.surprisal.guard;

import java.io.Serializable;

/** Options of a {@link LossScaling}, checked too when they come from a stream. */
record ScalingOptions(
    double initialScale,
    double growthFactor,
    double backoffFactor,
    int growthInterval,
    int hysteresis,
    double minScale,
    double maxScale,
    int skipLimit)
    implements Serializable {

  ScalingOptions {
    requireGrowth(growthFactor);
    requireBackoff(backoffFactor);
    requireCount("growthInterval", growthInterval);
    requireCount("hysteresis", hysteresis);
    requireCount("skipLimit", skipLimit);
    requireMinimum(minScale);
    Checks.requirePositive("maxScale", maxScale);
    Checks.require(
        minScale <= initialScale && initialScale <= maxScale,
        "initialScale",
        initialScale,
        minScale + " <= %s <= " + maxScale);
  }

  static void requireGrowth(double factor) {
    boolean holds = factor >= 1 && factor < Double.POSITIVE_INFINITY;
    Checks.require(holds, "growthFactor", factor, "1 <= %s < infinity");
  }

  static void requireBackoff(double factor) {
    Checks.require(factor > 0 && factor < 1, "backoffFactor", factor, "0 < %s < 1");
  }

  static void requireMinimum(double scale) {
    boolean holds = scale >= Double.MIN_NORMAL && scale < Double.POSITIVE_INFINITY;
    Checks.require(holds, "minScale", scale, "2^-1022 <= %s < infinity");
  }

  static void requireCount(String name, int count) {
    Checks.require(count > 0, name, count, "%s > 0");
  }

  /** Whether a scale is in range. */
  boolean allows(double scale) {
    return minScale <= scale && scale <= maxScale;
  }
}
