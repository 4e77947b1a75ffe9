package io.github.surprisal.guard;

import java.io.Serializable;
import java.util.Objects;

/** Options of a {@link ClipByZScore}, checked too when they come from a stream. */
record ZScoreOptions(
    double threshold,
    double decay,
    int warmUp,
    double leastDeviation,
    double maxNorm,
    ZScoreTarget target,
    NonFinite nonFinite)
    implements Serializable {

  ZScoreOptions {
    Checks.requirePositive("threshold", threshold);
    requireDecay(decay);
    ScalingOptions.requireCount("warmUp", warmUp);
    requireDeviation(leastDeviation);
    requireNorm(maxNorm);
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(nonFinite, "nonFinite");
  }

  static void requireDecay(double decay) {
    Checks.require(decay >= 0 && decay < 1, "decay", decay, "0 <= %s < 1");
  }

  static void requireDeviation(double deviation) {
    boolean holds = deviation >= 0 && deviation < Double.POSITIVE_INFINITY;
    Checks.require(holds, "leastDeviation", deviation, "0 <= %s < infinity");
  }

  static void requireNorm(double maxNorm) {
    Checks.require(maxNorm > 0, "maxNorm", maxNorm, "%s > 0");
  }

  /** What a norm may be; without limit where z is at most the threshold. */
  double limit(double mean, double deviation, double z) {
    if (z <= threshold) {
      return Double.POSITIVE_INFINITY;
    }
    return switch (target) {
      case RECIPROCAL -> mean + threshold * deviation * (threshold / z);
      case THRESHOLD -> mean + threshold * deviation;
      case MEAN -> mean;
    };
  }
}
