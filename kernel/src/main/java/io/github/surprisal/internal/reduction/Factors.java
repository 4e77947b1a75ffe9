package io.github.surprisal.internal.reduction;

/** Products of doubles of any size, whose exponents are added apart. */
final class Factors {
  private Factors() {}

  /** The n with 2^n <= |x| < 2^(n+1); 0 of 0, infinity and NaN. */
  static int exponent(double x) {
    double size = Math.abs(x);
    if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
      return 0;
    }
    return size < Double.MIN_NORMAL ? Math.getExponent(size * 0x1p64) - 64 : Math.getExponent(size);
  }

  /** An exponent whose magnitude exceeds {@code most}; else 0. */
  static int beyond(int exponent, int most) {
    return Math.abs(exponent) <= most ? 0 : exponent;
  }

  /** Whether a float, and a product of a few such numbers, has all its digits at this size. */
  static boolean isModerate(double x) {
    double size = Math.abs(x);
    return size >= 0x1p-60 && size <= 0x1p60;
  }

  /** The exponent of a b c 2^n / d, give or take two. */
  static int exponent(double a, double b, double c, int n, double d) {
    return exponent(a) + exponent(b) + exponent(c) + n - exponent(d);
  }

  /** a b c 2^n / d, where no product overflows or loses digits unless the result does. */
  static double quotient(double a, double b, double c, int n, double d) {
    int ofA = exponent(a);
    int ofB = exponent(b);
    int ofC = exponent(c);
    int ofD = exponent(d);
    double product =
        Math.scalb(a, -ofA) * Math.scalb(b, -ofB) * Math.scalb(c, -ofC) / Math.scalb(d, -ofD);
    return Math.scalb(product, ofA + ofB + ofC + n - ofD);
  }
}
