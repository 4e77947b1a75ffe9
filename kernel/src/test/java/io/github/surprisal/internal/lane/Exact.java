package io.github.surprisal.internal.lane;

/**
 * Elementary functions to about 95 bits, by which those of this package are measured.
 *
 * <p>A value is {@code (high + low) 2^exponent}, so that nothing overflows, and no low bits
 * underflow. expm1 is a Taylor series at x / 512 and nine doublings, log1p one Newton step from
 * {@link StrictMath}, and the rest follows from these two.
 */
record Exact(double high, double low, int exponent) {
  // ln 2 = A + B + C to 2^-136; A and B have 41 bits, so that n A and n B are exact.
  private static final double LN2_A = 0x1.62e42fefa3p-1;
  private static final double LN2_B = 0x1.3de6af278ep-42;
  private static final double LN2_C = 0x1.9cc01f97b57ap-83;

  private static final Exact ONE = of(1);

  /** Below it the terms after the second of a Taylor series do not count. */
  private static final double TINY = 0x1p-60;

  static Exact of(double value) {
    return new Exact(value, 0, 0);
  }

  static Exact exp(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      return of(StrictMath.exp(x));
    }
    double clamped = Math.clamp(x, -2000.0, 2000.0);
    int n = (int) Math.rint(clamped / StrictMath.log(2));
    return ONE.plus(reducedExpm1(clamped, n)).scaled(n);
  }

  static Exact expm1(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x) || x == 0) {
      return of(StrictMath.expm1(x));
    }
    if (Math.abs(x) < TINY) {
      return sum(x, x * x / 2);
    }
    double clamped = Math.clamp(x, -200.0, 2000.0);
    int n = (int) Math.rint(clamped / StrictMath.log(2));
    // 2^n (m + 1) - 1 = 2^n (m + (1 - 2^-n))
    return reducedExpm1(clamped, n).plus(sum(1, -StrictMath.scalb(1.0, -n))).scaled(n);
  }

  static Exact tanh(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x) || x == 0) {
      return of(StrictMath.tanh(x));
    }
    if (Math.abs(x) < TINY) {
      return of(x);
    }
    Exact e = expm1(-2 * Math.min(Math.abs(x), 50)).unscaled();
    return e.over(e.plus(of(2))).times(of(-Math.signum(x)));
  }

  static Exact log1p(double a) {
    if (!(a > -1 && a < Double.POSITIVE_INFINITY) || a == 0) {
      return of(StrictMath.log1p(a));
    }
    if (Math.abs(a) < TINY) {
      return sum(a, -a * a / 2);
    }
    return Math.abs(a) <= 0.25 ? nearOne(of(a)) : positive(ONE.plus(of(a)));
  }

  static Exact log(double a) {
    if (!(a > 0 && a < Double.POSITIVE_INFINITY) || a == 1) {
      return of(StrictMath.log(a));
    }
    return positive(of(a));
  }

  /** {@code log(u)} for u > 0. */
  private static Exact positive(Exact u) {
    int k = Math.getExponent(u.high * 0x1p-200);
    k = k < Double.MIN_EXPONENT ? Math.getExponent(u.high * 0x1p200) - 200 : k + 200;
    k = StrictMath.scalb(u.high, -k) > 1.4 ? k + 1 : k;
    Exact m = sum(StrictMath.scalb(u.high, -k), StrictMath.scalb(u.low, -k)).plus(of(-1));
    Exact multiple = sum(k * LN2_A, k * LN2_B).plus(of(k * LN2_C));
    return m.high == 0 ? multiple : multiple.plus(nearOne(m));
  }

  /** {@code log(1 + m)} for |m| < 1/2: y + d - d^2 / 2, where d = (1 + m) / e^y - 1 is tiny. */
  private static Exact nearOne(Exact m) {
    double y = StrictMath.log1p(m.high);
    Exact e = expm1(y).unscaled();
    Exact d = m.plus(e.times(of(-1))).over(ONE.plus(e));
    return d.plus(of(-d.high * d.high / 2)).plus(of(y));
  }

  /** {@code e^(x - n ln 2) - 1}. */
  private static Exact reducedExpm1(double x, int n) {
    Exact r = sum(x - n * LN2_A, -n * LN2_B).plus(of(-n * LN2_C)).times(of(0x1p-9));
    Exact y = of(0);
    for (int i = 12; i >= 1; i--) {
      y = ONE.plus(y).times(r).over(of(i));
    }
    for (int i = 0; i < 9; i++) {
      y = y.times(y).plus(y).plus(y);
    }
    return y;
  }

  /** Error of {@code got}, in units in the last place of this value's binade in a float type. */
  double ulps(double got, int precision, int minExponent) {
    if (Double.isNaN(high) || Double.isInfinite(high) || high == 0) {
      boolean same = Double.doubleToLongBits(got) == Double.doubleToLongBits(high);
      return same ? 0 : Double.POSITIVE_INFINITY;
    }
    int maxExponent = 1 - minExponent;
    if (Double.isInfinite(got)) {
      // Right from half a unit above the largest finite value.
      double scaled = StrictMath.scalb(Math.copySign(high, high * got), exponent - maxExponent);
      return scaled >= 2 - StrictMath.scalb(1.0, -precision) ? 0 : Double.POSITIVE_INFINITY;
    }
    int unit = Math.max(Math.getExponent(high) + exponent, minExponent) - precision + 1;
    double scaled = StrictMath.scalb(got, -unit) - StrictMath.scalb(high, exponent - unit);
    double error = Math.abs(scaled - StrictMath.scalb(low, exponent - unit));
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  private Exact scaled(int n) {
    return new Exact(high, low, n);
  }

  private Exact unscaled() {
    return new Exact(StrictMath.scalb(high, exponent), StrictMath.scalb(low, exponent), 0);
  }

  private static Exact sum(double a, double b) {
    double s = a + b;
    double t = s - a;
    return new Exact(s, (a - (s - t)) + (b - t), 0);
  }

  private Exact plus(Exact y) {
    Exact s = sum(high, y.high);
    Exact t = sum(low, y.low);
    Exact u = sum(s.high, s.low + t.high);
    return sum(u.high, u.low + t.low);
  }

  private Exact times(Exact y) {
    double p = high * y.high;
    return sum(p, Math.fma(high, y.high, -p) + (high * y.low + low * y.high));
  }

  private Exact over(Exact y) {
    double first = high / y.high;
    Exact rest = plus(y.times(of(-first)));
    double second = rest.high / y.high;
    rest = rest.plus(y.times(of(-second)));
    return sum(first, second).plus(of(rest.high / y.high));
  }
}
