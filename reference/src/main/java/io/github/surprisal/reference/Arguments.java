package io.github.surprisal.reference;

/** Checks of arguments; the message names argument, rule and value. */
final class Arguments {

  private Arguments() {}

  static void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " = " + value + ", expected " + name + " " + rule);
    }
  }

  static void requireLength(String name, int length, int expected) {
    require(length == expected, name + ".length", length, "= " + expected);
  }

  /** An input that the loss has no use for. */
  static void requireNull(String name, Object value) {
    if (value != null) {
      throw new IllegalArgumentException(name + " are given, expected null");
    }
  }

  /** One upstream gradient, or with {@link Reduction#NONE} one per item. */
  static void requireUpstream(double[] upstream, Reduction reduction, int items) {
    if (upstream != null) {
      requireLength("upstream", upstream.length, reduction == Reduction.NONE ? items : 1);
    }
  }

  /** A positive finite option. */
  static void requirePositive(String name, double value) {
    require(value > 0 && value <= Double.MAX_VALUE, name, value, "> 0 and finite");
  }

  /** A finite option of at least 0. */
  static void requireNonNegative(String name, double value) {
    require(value >= 0 && value <= Double.MAX_VALUE, name, value, ">= 0 and finite");
  }

  /** An option from 0 to 1. */
  static void requireUnit(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "%s = %s, expected 0 <= %s <= 1".formatted(name, value, name));
    }
  }
}
