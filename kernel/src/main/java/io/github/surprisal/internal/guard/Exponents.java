package io.github.surprisal.internal.guard;

/** Exponents of doubles, subnormal ones too. */
final class Exponents {
  private Exponents() {}

  /** The n with 2^n <= x < 2^(n+1) of a positive, finite x; -1087 of 0. */
  static int of(double x) {
    return x < Double.MIN_NORMAL ? Math.getExponent(x * 0x1p64) - 64 : Math.getExponent(x);
  }
}
