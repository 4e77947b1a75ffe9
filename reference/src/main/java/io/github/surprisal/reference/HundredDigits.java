package io.github.surprisal.reference;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.dfp.Dfp;
import org.apache.commons.math3.dfp.DfpField;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * A number of 97 to 100 decimal digits, 25 groups of four, on Commons Math's {@link Dfp}.
 * Elementary functions have a relative error of at most 10^-90.
 *
 * <p>Only the four operations are Dfp's. Its own exp never returns from 2^30 on, its log of 0 is
 * NaN, and its log, expm1 and tanh lose digits next to 1 and 0.
 */
public final class HundredDigits extends Real<HundredDigits> {

  /** The only field: two values of different fields combine to NaN in silence. */
  private static final DfpField FIELD = new DfpField(100);

  private static final MathContext DIGITS = new MathContext(100);

  /** A number so close to a double, relative to it, is that double: a tie must stay a tie. */
  private static final double ROUNDING_ERROR = 1e-90;

  private static final HundredDigits LN2 = new HundredDigits(FIELD.getLn2());

  private static final HundredDigits PI = new HundredDigits(FIELD.getPi());

  private static final List<HundredDigits> STIRLING_SERIES = stirlingSeries(45);

  /** 2^(2^i) and 2^(-2^i): Dfp's pow takes as long as an exp, its toDouble longer than a parse. */
  private static final Dfp[] POWERS = squares(FIELD.getTwo());

  private static final Dfp[] NEGATIVE_POWERS = squares(FIELD.getOne().divide(2));

  private final Dfp value;

  private HundredDigits(Dfp value) {
    this.value = value;
  }

  private static Dfp[] squares(Dfp base) {
    Dfp[] squares = new Dfp[19];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = i == 0 ? base : squares[i - 1].multiply(squares[i - 1]);
    }
    return squares;
  }

  /** Bernoulli numbers by the algorithm of Akiyama and Tanigawa, in fractions. */
  private static List<HundredDigits> stirlingSeries(int terms) {
    List<HundredDigits> series = new ArrayList<>();
    BigFraction[] row = new BigFraction[2 * terms + 1];
    for (int n = 0; n <= 2 * terms; n++) {
      row[n] = new BigFraction(1, n + 1);
      for (int j = n; j >= 1; j--) {
        row[j - 1] = row[j - 1].subtract(row[j]).multiply(j);
      }
      if (n >= 2 && n % 2 == 0) {
        int mode = RoundingMode.HALF_EVEN.ordinal();
        series.add(of(row[0].divide(n * (n - 1)).bigDecimalValue(110, mode)));
      }
    }
    return List.copyOf(series);
  }

  /** The given number, to 100 digits: exactly if it is 0 or from 1e-18 to 1e96. */
  public static HundredDigits of(double value) {
    if (value == (int) value && value != 0) {
      return new HundredDigits(FIELD.newDfp((int) value));
    }
    boolean plain = value != 0 && Double.isFinite(value);
    return plain ? of(new BigDecimal(value)) : new HundredDigits(FIELD.newDfp(value));
  }

  /** The number a decimal text such as {@code "1e-33"} stands for, to 100 digits. */
  public static HundredDigits parse(String decimal) {
    return of(new BigDecimal(decimal));
  }

  /** Rounded first, because Dfp misreads a text of more than 100 digits before the point. */
  private static HundredDigits of(BigDecimal value) {
    return new HundredDigits(FIELD.newDfp(value.round(DIGITS).toString()));
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
    Dfp[] powers = n < 0 ? NEGATIVE_POWERS : POWERS;
    Dfp scaled = value;
    for (int i = 0, bits = Math.abs(n); bits != 0; i++, bits >>= 1) {
      scaled = (bits & 1) == 0 ? scaled : scaled.multiply(powers[i]);
    }
    return new HundredDigits(scaled);
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
    return Double.parseDouble(value.toString());
  }

  @Override
  DoubleDouble toDoubleDouble() {
    if (isNaN() || isInfinite() || isZero()) {
      double sign = isNegative() ? -1 : 1;
      return DoubleDouble.of(isZero() ? sign * 0 : isNaN() ? Double.NaN : sign / 0);
    }
    // Scaled to about 1, so that neither part is subnormal.
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
  HundredDigits pi() {
    return PI;
  }

  @Override
  List<HundredDigits> stirlingSeries() {
    return STIRLING_SERIES;
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
