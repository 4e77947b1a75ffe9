package io.github.surprisal.reference;

import java.util.List;

/**
 * A number held as (high + low) 2^exponent, two doubles that do not overlap: 106 bits.
 *
 * <p>One operation has a relative error of at most 2^-102, exp, expm1, log, log1p and tanh of at
 * most 2^-90 wherever the result lies within the range of double. The exponent stands apart because
 * the low part of a small double would fall among the subnormals and lose its bits.
 *
 * <p>The algorithms are those of M. Joldes, J.-M. Muller and V. Popescu, "Tight and rigorous error
 * bounds for basic building blocks of double-word arithmetic", ACM TOMS 44(2), 2017, <a
 * href="https://doi.org/10.1145/3121432">doi:10.1145/3121432</a>; u = 2^-53 below.
 */
public final class DoubleDouble extends Real<DoubleDouble> {

  private static final DoubleDouble LN2 = of(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56);

  private static final DoubleDouble PI = of(0x1.921fb54442d18p1, 0x1.1a62633145c07p-53);

  private static final List<DoubleDouble> STIRLING_SERIES =
      HundredDigits.of(0).stirlingSeries().stream().map(HundredDigits::toDoubleDouble).toList();

  /** Of two addends so many binary places apart the smaller is below any rounding error. */
  private static final int NEGLIGIBLE = 200;

  /** Beyond it a double, or the power of two that brings it to 1, may be subnormal. */
  private static final int SAFE_EXPONENT = 1000;

  /** In [1, 2) but for zero, infinity and NaN, whose low part and exponent are 0. */
  final double high;

  /** At most half an ulp of the high part. */
  final double low;

  final int exponent;

  private DoubleDouble(double high, double low, int exponent) {
    this.high = high;
    this.low = low;
    this.exponent = exponent;
  }

  /** The given number, exactly. */
  public static DoubleDouble of(double value) {
    return normalized(value, 0, 0);
  }

  /** high + low, exactly, for |high| >= |low| where both are normal or 0. */
  static DoubleDouble of(double high, double low) {
    return fastTwoSum(high, low, 0);
  }

  /** Fast2Sum: s = RN(a + b) and its error, exact for |a| >= |b|; a alone if it is not finite. */
  private static DoubleDouble fastTwoSum(double a, double b, int exponent) {
    double s = Double.isFinite(a) ? a + b : a;
    return normalized(s, b - (s - a), exponent);
  }

  private static DoubleDouble normalized(double high, double low, int exponent) {
    int n = Math.getExponent(high);
    if (n == 0) {
      return new DoubleDouble(high, low, exponent);
    }
    if (high == 0 || n > Double.MAX_EXPONENT) {
      return new DoubleDouble(high, 0, 0);
    }
    if (Math.abs(n) > SAFE_EXPONENT) {
      int step = n < 0 ? -54 : 54;
      double scale = powerOfTwo(-step);
      return normalized(high * scale, low * scale, exponent + step);
    }
    double scale = powerOfTwo(-n);
    return new DoubleDouble(high * scale, low * scale, exponent + n);
  }

  private static double powerOfTwo(int n) {
    return Double.longBitsToDouble((long) (n + 1023) << 52);
  }

  @Override
  public DoubleDouble constant(double value) {
    return of(value);
  }

  /** AccurateDWPlusDW: relative error at most 3 u^2 + 13 u^3, cancellation or not. */
  @Override
  public DoubleDouble add(DoubleDouble y) {
    if (high == 0 || y.high == 0 || !Double.isFinite(high) || !Double.isFinite(y.high)) {
      return high == 0 && y.high != 0 ? y : y.high == 0 && high != 0 ? this : of(high + y.high);
    }
    int apart = exponent - y.exponent;
    if (apart < 0) {
      return y.add(this);
    }
    if (apart > NEGLIGIBLE) {
      return this;
    }
    double scale = powerOfTwo(-apart);
    double yHigh = y.high * scale;
    double yLow = y.low * scale;
    double s = high + yHigh;
    double c = twoSumError(high, yHigh, s);
    double t = low + yLow;
    double e = twoSumError(low, yLow, t);
    c += t;
    double v = s + c;
    return fastTwoSum(v, e + (c - (v - s)), exponent);
  }

  /** TwoSum: the exact error of s = RN(a + b). */
  private static double twoSumError(double a, double b, double s) {
    double bRounded = s - a;
    return (a - (s - bRounded)) + (b - bRounded);
  }

  /** DWTimesDW3: relative error at most 4 u^2. */
  @Override
  public DoubleDouble multiply(DoubleDouble y) {
    double c = high * y.high;
    double error = Math.fma(high, y.high, -c);
    double cross = Math.fma(low, y.high, Math.fma(high, y.low, low * y.low));
    return fastTwoSum(c, error + cross, exponent + y.exponent);
  }

  /** DWDivDW2: relative error at most 15 u^2 + 56 u^3. */
  @Override
  public DoubleDouble divide(DoubleDouble y) {
    double q = high / y.high;
    if (q == 0 || !Double.isFinite(q)) {
      return of(q);
    }
    double c = y.high * q;
    double error = Math.fma(y.low, q, Math.fma(y.high, q, -c));
    return fastTwoSum(q, ((high - c) + (low - error)) / y.high, exponent - y.exponent);
  }

  /** The remainder of a division is a double, so its fma is exact; relative error 3 u^2. */
  @Override
  DoubleDouble divide(int n) {
    double q = high / n;
    return fastTwoSum(q, (Math.fma(-q, n, high) + low) / n, exponent);
  }

  @Override
  public DoubleDouble negate() {
    return new DoubleDouble(-high, -low, exponent);
  }

  @Override
  DoubleDouble scalb(int n) {
    return isZero() || isNaN() || isInfinite() ? this : new DoubleDouble(high, low, exponent + n);
  }

  @Override
  int exponent() {
    return exponent;
  }

  @Override
  double estimate() {
    return Math.scalb(high, exponent);
  }

  @Override
  DoubleDouble toDoubleDouble() {
    return this;
  }

  @Override
  DoubleDouble ln2() {
    return LN2;
  }

  @Override
  DoubleDouble pi() {
    return PI;
  }

  @Override
  List<DoubleDouble> stirlingSeries() {
    return STIRLING_SERIES;
  }

  @Override
  int halvings() {
    return 7;
  }

  /** (0.4/2^7)^10 / 11! < 2^-108. */
  @Override
  int expTerms() {
    return 10;
  }

  @Override
  DoubleDouble self() {
    return this;
  }

  @Override
  public boolean isNaN() {
    return Double.isNaN(high);
  }

  @Override
  public boolean isInfinite() {
    return Double.isInfinite(high);
  }

  @Override
  public boolean isZero() {
    return high == 0;
  }

  @Override
  public boolean isNegative() {
    return high < 0 || 1 / high < 0;
  }

  @Override
  public String toString() {
    return "(" + high + " + " + low + ") * 2^" + exponent;
  }
}
