package io.github.surprisal.reference;

import java.util.List;

/**
 * A real number in a precision far beyond double, with infinities and NaN as in IEEE 754, and the
 * elementary functions losses are made of. Immutable.
 *
 * <p>A formula written over {@code R extends Real<R>} runs in both precisions. Neither overflows or
 * underflows within the range of double: exponents reach beyond e^290000 and e^-290000, where
 * {@link #exp} goes to infinity and to zero.
 *
 * @param <R> the type itself
 */
public abstract sealed class Real<R extends Real<R>> permits HundredDigits, DoubleDouble {

  /** Dfp ends at 10^131072 = e^301804, and its own exp never returns from 2^30 on. */
  private static final double MAX_EXPONENT = 290_000;

  private static final double LN2 = 0x1.62e42fefa39efp-1;

  /** First discarded term of log1p(d)/d at d = 2^-50: 2^-400, below 10^-120. */
  private static final int LOG_TERMS = 8;

  /** From here on, 45 terms of Stirling's series leave a remainder below 10^-106. */
  private static final double STIRLING_FROM = 80;

  Real() {}

  /** The given number in this precision, exactly. */
  public abstract R constant(double value);

  /** this + y. */
  public abstract R add(R y);

  /** this - y. */
  public final R subtract(R y) {
    return add(y.negate());
  }

  /** this * y. */
  public abstract R multiply(R y);

  /** this + y. */
  public final R add(double y) {
    return add(constant(y));
  }

  /** this - y. */
  public final R subtract(double y) {
    return subtract(constant(y));
  }

  /** this * y. */
  public final R multiply(double y) {
    return multiply(constant(y));
  }

  /** this / y. */
  public abstract R divide(R y);

  /** this / n, for 0 < n < 10000. */
  abstract R divide(int n);

  /** -this. */
  public abstract R negate();

  /** The absolute value. */
  public final R abs() {
    return isNegative() ? negate() : self();
  }

  /** this * 2^n. */
  abstract R scalb(int n);

  /** The n with 2^n <= |this| < 2^(n+1), give or take a rounding; for finite values but 0. */
  abstract int exponent();

  /** A double near this value: where to start from, never a result. */
  abstract double estimate();

  /** The nearest double-double: its high part and the sign of its low part are always right. */
  abstract DoubleDouble toDoubleDouble();

  abstract R ln2();

  abstract R pi();

  /** B_2k / (2k (2k - 1)) for k from 1: the series of {@link #logGamma}. */
  abstract List<R> stirlingSeries();

  /**
   * How often {@link #expm1} halves its argument, and how many terms of its series it then takes.
   */
  abstract int halvings();

  abstract int expTerms();

  abstract R self();

  /** Whether this is a NaN. */
  public abstract boolean isNaN();

  /** Whether this is an infinity. */
  public abstract boolean isInfinite();

  /** Whether this is zero of either sign. */
  public abstract boolean isZero();

  /** Whether the sign is a minus, that of -0 included. */
  public abstract boolean isNegative();

  /** Whether this > y; false where either is NaN. */
  public final boolean isGreaterThan(R y) {
    R difference = subtract(y);
    return !difference.isNaN() && !difference.isZero() && !difference.isNegative();
  }

  /** -1, 0 or 1. */
  public final R sign() {
    return constant(isZero() ? 0 : isNegative() ? -1 : 1);
  }

  /** The larger of this and y, neither of them NaN. */
  public final R max(R y) {
    return isGreaterThan(y) ? self() : y;
  }

  /** weight * this, where a weight of 0 removes an infinity: 0 * infinity = 0. */
  public final R weightedBy(R weight) {
    return weight.isZero() && isInfinite() ? constant(0) : multiply(weight);
  }

  /** e^this. */
  public final R exp() {
    double x = estimate();
    if (isNaN() || Math.abs(x) > MAX_EXPONENT) {
      return isNaN() ? self() : constant(x > 0 ? Double.POSITIVE_INFINITY : 0);
    }
    // x = k ln 2 + r with |r| <= ln(2)/2: e^x = 2^k (1 + expm1(r)).
    int k = (int) Math.rint(x / LN2);
    R r = k == 0 ? self() : subtract(ln2().multiply(constant(k)));
    return constant(1).add(r.expm1Reduced()).scalb(k);
  }

  /** e^this - 1, as precise next to 0 as anywhere. */
  public final R expm1() {
    if (isNaN() || isZero()) {
      return self();
    }
    // From |x| = 0.3 on, the subtraction costs two bits at most.
    return Math.abs(estimate()) < 0.3 ? expm1Reduced() : exp().subtract(constant(1));
  }

  /**
   * expm1 for |this| < 0.4.
   *
   * <pre>
   * u = expm1(x / 2^h) = v (1 + v/2 (1 + v/3 (1 + ...))) with v = x / 2^h
   * expm1(2v) = u (2 + u), h times
   * </pre>
   */
  final R expm1Reduced() {
    if (isZero()) {
      return self();
    }
    R one = constant(1);
    R two = constant(2);
    R v = divide(1 << halvings());
    R sum = one;
    for (int n = expTerms(); n > 1; n--) {
      sum = sum.multiply(v).divide(n).add(one);
    }
    R u = sum.multiply(v);
    for (int i = 0; i < halvings(); i++) {
      u = u.multiply(two.add(u));
    }
    return u;
  }

  /** The natural logarithm; that of 0 is -infinity. */
  public final R log() {
    if (isNaN() || isZero() || isNegative() || isInfinite()) {
      return constant(
          isZero()
              ? Double.NEGATIVE_INFINITY
              : isNegative() || isNaN() ? Double.NaN : Double.POSITIVE_INFINITY);
    }
    R one = constant(1);
    double x = estimate();
    if (x > 0.5 && x < 1.5) {
      return subtract(one).log1pReduced();
    }
    // x = 2^e m with 1 <= m < 2: log x = e ln 2 + log1p(m - 1). No cancellation: x is not near 1.
    int e = exponent();
    return ln2().multiply(constant(e)).add(scalb(-e).subtract(one).log1pReduced());
  }

  /** log(1 + this), as precise next to 0 as anywhere. */
  public final R log1p() {
    if (isNaN() || isZero()) {
      return self();
    }
    return Math.abs(estimate()) < 0.5 ? log1pReduced() : constant(1).add(self()).log();
  }

  /**
   * log1p for -1/2 <= this <= 1.
   *
   * <pre>
   * y = log1p(z) in double, w = expm1(-y)
   * log1p(z) = y + log1p(d), 1 + d = (1 + z)(1 + w), d = z + w + z w = O(2^-50 z)
   * </pre>
   */
  final R log1pReduced() {
    R z = self();
    R one = constant(1);
    R y = constant(StrictMath.log1p(estimate()));
    R w = y.negate().expm1();
    R d = z.add(w).add(z.multiply(w));
    R sum = one.divide(LOG_TERMS);
    for (int n = LOG_TERMS - 1; n >= 1; n--) {
      sum = one.divide(n).subtract(sum.multiply(d));
    }
    return y.add(sum.multiply(d));
  }

  /** The hyperbolic tangent, as precise next to 0 as anywhere. */
  public final R tanh() {
    if (isNaN() || isZero()) {
      return self();
    }
    // tanh |x| = -t / (2 + t) with t = expm1(-2 |x|): nothing overflows, nothing cancels.
    R t = abs().multiply(constant(-2)).expm1();
    R tanh = t.negate().divide(constant(2).add(t));
    return isNegative() ? tanh.negate() : tanh;
  }

  /** The square root; NaN of a negative number. */
  public final R sqrt() {
    if (isZero() || isNaN() || isNegative() || isInfinite()) {
      return isNegative() && !isZero() ? constant(Double.NaN) : self();
    }
    // Newton from 53 bits on, on a number from 1 to 4.
    int half = Math.floorDiv(exponent(), 2);
    R x = scalb(-2 * half);
    R y = constant(Math.sqrt(x.estimate()));
    for (int i = 0; i < 3; i++) {
      y = y.add(x.divide(y)).scalb(-1);
    }
    return y.scalb(half);
  }

  /** this^exponent for this >= 0, where anything to the power of 0 is 1; NaN below 0. */
  public final R pow(double exponent) {
    if (exponent == 0 || isZero()) {
      return constant(exponent == 0 ? 1 : exponent > 0 ? 0 : Double.POSITIVE_INFINITY);
    }
    return log().multiply(exponent).exp();
  }

  /** 1 / (1 + e^-this), as precise next to 0 as anywhere. */
  public final R sigmoid() {
    R e = abs().negate().exp();
    return (isNegative() ? e : constant(1)).divide(e.add(1));
  }

  /** log(1 + e^this), as precise next to 0 as anywhere. */
  public final R softplus() {
    return isNaN() ? self() : max(constant(0)).add(abs().negate().exp().log1p());
  }

  /**
   * log Gamma of a number >= 0, NaN below; exactly 0 at 1 and 2. Its error is relative to the
   * larger of 1 and the result: next to 1 and 2, digits are lost.
   */
  public final R logGamma() {
    if (isZero() || isNaN() || isNegative() || isInfinite()) {
      return isZero() ? log().negate() : isNegative() ? constant(Double.NaN) : self();
    }
    if (subtract(1).isZero() || subtract(2).isZero()) {
      return constant(0);
    }
    // log Gamma(x) = log Gamma(x + n) - log(x (x + 1) ... (x + n - 1))
    R x = self();
    R product = constant(1);
    while (x.estimate() < STIRLING_FROM) {
      product = product.multiply(x);
      x = x.add(1);
    }
    R inverse = constant(1).divide(x);
    R square = inverse.multiply(inverse);
    R series = constant(0);
    for (R coefficient : stirlingSeries().reversed()) {
      series = series.multiply(square).add(coefficient);
    }
    R main = x.subtract(0.5).multiply(x.log()).subtract(x);
    R constants = pi().multiply(2).log().scalb(-1).subtract(product.log());
    return main.add(constants).add(series.multiply(inverse));
  }
}
