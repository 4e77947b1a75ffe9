package io.github.surprisal.guard;

/** What is checked of options. */
final class Checks {
  private Checks() {}

  static void requirePositive(String name, double value) {
    require(value > 0 && value < Double.POSITIVE_INFINITY, name, value, "0 < %s < infinity");
  }

  static void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw broken(name, value, rule);
    }
  }

  /** What to throw where a rule, in which %s is the name, does not hold. */
  static IllegalArgumentException broken(String name, Object value, String rule) {
    return new IllegalArgumentException(
        name + " = " + value + ", expected " + rule.formatted(name));
  }
}
