package io.github.surprisal.reference;

/**
 * A binary floating-point type: rounds an exact value to it once, and measures the error of a
 * result of that type. Its values are passed as doubles, which hold all four types exactly.
 */
public enum Precision {
  /** IEEE 754 binary64, {@code double}. */
  FLOAT64(53, -1022, 1023),
  /** IEEE 754 binary32, {@code float}. */
  FLOAT32(24, -126, 127),
  /** The upper half of a binary32. */
  BFLOAT16(8, -126, 127),
  /** IEEE 754 binary16. */
  FLOAT16(11, -14, 15);

  private final int bits;
  private final int minExponent;
  private final int maxExponent;

  Precision(int bits, int minExponent, int maxExponent) {
    this.bits = bits;
    this.minExponent = minExponent;
    this.maxExponent = maxExponent;
  }

  /** The value of this type nearest to {@code exact}, ties to even, overflow to infinity. */
  public double round(Real<?> exact) {
    DoubleDouble x = exact.toDoubleDouble();
    if (x.isZero() || x.isNaN() || x.isInfinite()) {
      return x.high;
    }
    // x = (n + low part) 2^q, 2^q the spacing. The high part is x rounded to 53 bits, so rounding n
    // is right unless n is half-way, where the low part says on which side of it x lies.
    int q = Math.max(x.exponent, minExponent) - bits + 1;
    double n = Math.scalb(x.high, x.exponent - q);
    double floor = Math.floor(n);
    boolean decidedByLow = n - floor == 0.5 && x.low != 0;
    double rounded = decidedByLow ? (x.low > 0 ? floor + 1 : floor) : Math.rint(n);
    double result = Math.copySign(Math.scalb(rounded, q), x.high);
    return Math.abs(result) > max() ? Math.copySign(Double.POSITIVE_INFINITY, result) : result;
  }

  /**
   * A threshold, which is an option that inputs, or a difference or product of them, are compared
   * with or added to: the value of this type nearest to it, a positive one brought into the range
   * from the smallest normal value to the largest.
   */
  public double threshold(double option) {
    double min = Math.scalb(1.0, minExponent);
    return option > 0 ? Math.clamp(round(DoubleDouble.of(option)), min, max()) : option;
  }

  /** The largest finite value of this type. */
  public double max() {
    return Math.scalb(2 - Math.scalb(1.0, 1 - bits), maxExponent);
  }

  /**
   * The spacing of this type where |exact| lies; the smallest subnormal at and next to 0, the
   * largest spacing beyond the largest value.
   */
  public double ulp(Real<?> exact) {
    return spacing(exact, maxExponent);
  }

  private double spacing(Real<?> exact, int largest) {
    DoubleDouble x = exact.toDoubleDouble();
    if (x.isNaN()) {
      return Double.NaN;
    }
    int exponent = x.isInfinite() ? maxExponent : x.isZero() ? minExponent : x.exponent;
    if (Math.abs(x.high) == 1 && x.low * x.high < 0) {
      exponent--; // x lies just below the power of two it rounds to
    }
    return Math.scalb(1.0, Math.clamp(exponent, minExponent, largest) - bits + 1);
  }

  /**
   * The error of {@code actual}, a value of this type, in ulps of the exact value, as a fraction:
   * |actual - exact| / ulp(exact). A correctly rounded result has at most 0.5. Two NaNs agree, so
   * do an infinity and a value that rounds to it (error 0); else NaN and infinity are off by
   * infinity.
   */
  public <R extends Real<R>> double ulps(double actual, R exact) {
    return ulps(actual, exact, exact);
  }

  /**
   * The error in ulps of {@code scale}, the largest term of a formula whose terms cancel in {@code
   * exact}. Such a term may lie beyond the largest value; its ulp is then as if the type went on.
   */
  public <R extends Real<R>> double ulps(double actual, R exact, R scale) {
    double rounded = round(exact);
    if (!Double.isFinite(actual) || !Double.isFinite(rounded)) {
      return Double.compare(actual, rounded) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    R error = exact.constant(actual).subtract(exact).abs();
    return error.divide(exact.constant(spacing(scale, Double.MAX_EXPONENT))).estimate();
  }
}
