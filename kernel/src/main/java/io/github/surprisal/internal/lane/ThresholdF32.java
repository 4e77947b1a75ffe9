package io.github.surprisal.internal.lane;

/** Thresholds, which are options that inputs are compared with or added to. */
public final class ThresholdF32 {
  private ThresholdF32() {}

  /** The nearest number of this type; of a positive option, a positive, normal and finite one. */
  public static float of(double option) {
    return option > 0 ? Math.clamp((float) option, Float.MIN_NORMAL, Float.MAX_VALUE) : 0;
  }
}
