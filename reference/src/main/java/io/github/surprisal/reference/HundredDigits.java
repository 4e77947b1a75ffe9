package io.github.surprisal.reference;

import java.math.BigDecimal;
import org.apache.commons.math3.dfp.Dfp;
import org.apache.commons.math3.dfp.DfpField;
import org.apache.commons.math3.dfp.DfpMath;

/**
 * A number of 100 decimal digits, on Commons Math's {@link Dfp}. Elementary functions have a
 * relative error of at most 10^-90.
 *
 * <p>Only the four operations are Dfp's. Its own exp never returns from 2^30 on, its log of 0 is
 * NaN, and its log, expm1 and tanh lose digits next to 1 and 0.
 */
public final class HundredDigits extends Real<HundredDigits> {

  /** The only field: two values of different fields combine to NaN in silence. */
  private static final DfpField FIELD = new DfpField(100);

  /** A number so close to a double, relative to it, is that double: a tie must stay a tie. */
  private static final double ROUNDING_ERROR = 1e-90;

  private static final HundredDigits LN2 = new HundredDigits(FIELD.getLn2());

  private final Dfp value;

  private HundredDigits(Dfp value) {
    this.value = value;
  }

  /** The given number, exactly. */
  public static HundredDigits of(double value) {
    return new HundredDigits(FIELD.newDfp(value));
  }

  /** The number a decimal text such as {@code "1e-33"} stands for, to 100 digits. */
  public static HundredDigits parse(String decimal) {
    return new HundredDigits(FIELD.newDfp(decimal));
  }

  /** The value as a decimal of about 100 digits; throws NumberFormatException if not finite. */
  public BigDecimal toBigDecimal() {
    return new BigDecimal(value.toString());
  }

  @Override
  public HundredDigits constant(double value) {
    return of(value);
  }

  @Override
  public HundredDigits add(HundredDigits y) {
    return new HundredDigits(value.add(y.value));
  }

  @Override
  public HundredDigits multiply(HundredDigits y) {
    return new HundredDigits(value.multiply(y.value));
  }

  @Override
  public HundredDigits divide(HundredDigits y) {
    return new HundredDigits(value.divide(y.value));
  }

  @Override
  HundredDigits divide(int n) {
    return new HundredDigits(value.divide(n));
  }

  @Override
  public HundredDigits negate() {
    return new HundredDigits(value.negate());
  }

  @Override
  HundredDigits scalb(int n) {
    return n == 0 ? this : new HundredDigits(value.multiply(DfpMath.pow(FIELD.getTwo(), n)));
  }

  @Override
  int exponent() {
    double x = Math.abs(estimate());
    if (x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE) {
      return Math.getExponent(x);
    }
    int n = (int) (value.intLog10() * 3.3219280948873623); // log2(10)
    return n + Math.getExponent(scalb(-n).estimate());
  }

  @Override
  double estimate() {
    return value.toDouble();
  }

  @Override
  DoubleDouble toDoubleDouble() {
    if (isNaN() || isInfinite() || isZero()) {
      double sign = isNegative() ? -1 : 1;
      return DoubleDouble.of(isZero() ? sign * 0 : isNaN() ? Double.NaN : sign / 0);
    }
    // Not by Dfp.toDouble, which flushes the lowest subnormals: scaled to the middle of the range.
    int n = exponent();
    BigDecimal scaled = scalb(-n).toBigDecimal();
    double high = scaled.doubleValue();
    double low = scaled.subtract(new BigDecimal(high)).doubleValue();
    return DoubleDouble.of(high, Math.abs(low) < ROUNDING_ERROR ? 0 : low).scalb(n);
  }

  @Override
  HundredDigits ln2() {
    return LN2;
  }

  @Override
  int halvings() {
    return 13;
  }

  /** (0.4/2^13)^20 / 21! < 10^-105. */
  @Override
  int expTerms() {
    return 21;
  }

  @Override
  HundredDigits self() {
    return this;
  }

  @Override
  public boolean isNaN() {
    return value.isNaN();
  }

  @Override
  public boolean isInfinite() {
    return value.isInfinite();
  }

  @Override
  public boolean isZero() {
    return !value.isNaN() && value.isZero();
  }

  @Override
  public boolean isNegative() {
    return !value.isNaN() && Dfp.copysign(FIELD.getOne(), value).negativeOrNull();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
