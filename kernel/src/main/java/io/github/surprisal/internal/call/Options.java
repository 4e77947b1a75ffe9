package io.github.surprisal.internal.call;

import java.util.Objects;

/** What is checked of the options of formulas. */
public final class Options {
  private Options() {}

  public static void requirePositive(String name, double value) {
    require(value > 0 && value < Double.POSITIVE_INFINITY, name, value, "0 < %s < infinity");
  }

  public static void requireNonNegative(String name, double value) {
    require(value >= 0 && value < Double.POSITIVE_INFINITY, name, value, "0 <= %s < infinity");
  }

  public static void requireTemperature(String name, double value) {
    boolean holds = value >= 0x1p-100 && value <= 0x1p100;
    require(holds, name, value, "2^-100 <= %s <= 2^100");
  }

  public static void requireSoftcap(double value) {
    boolean holds = value >= 0x1p-20 && value <= 0x1p20 || value == Double.POSITIVE_INFINITY;
    require(holds, "softcap", value, "2^-20 <= %s <= 2^20 or infinity");
  }

  public static void requireUnit(String name, double value) {
    require(value >= 0 && value <= 1, name, value, "0 <= %s <= 1");
  }

  /** A copy of weights, each of them finite. */
  public static double[] weights(String name, double[] weights) {
    double[] copy = Objects.requireNonNull(weights, name).clone();
    for (int i = 0; i < copy.length; i++) {
      require(Double.isFinite(copy[i]), name + "[" + i + "]", copy[i], "a finite number");
    }
    return copy;
  }

  /** Refuses a value against a rule, in which %s stands for the name. */
  public static void require(boolean holds, String name, double value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(
          name + " = " + value + ", expected " + rule.formatted(name));
    }
  }
}
