package io.github.surprisal.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** How far two precise numbers are apart, and the bounds that the arithmetic promises. */
final class RelativeError {

  static final double HUNDRED_DIGITS = 1e-90;
  static final double DOUBLE_DOUBLE = 0x1p-90;

  private RelativeError() {}

  static HundredDigits exact(Real<?> x) {
    if (x instanceof HundredDigits digits) {
      return digits;
    }
    DoubleDouble d = x.toDoubleDouble();
    return HundredDigits.of(d.high).add(HundredDigits.of(d.low)).scalb(d.exponent);
  }

  /** |actual - expected| / |scale|. */
  static double of(Real<?> actual, HundredDigits expected, HundredDigits scale) {
    HundredDigits error = exact(actual).subtract(expected);
    return error.isZero() ? 0 : error.divide(scale).abs().estimate();
  }

  static void assertWithin(double bound, Real<?> actual, HundredDigits expected, String message) {
    double error = of(actual, expected, expected);
    assertTrue(
        error <= bound,
        () -> "%s: %s, expected %s, error %g".formatted(message, actual, expected, error));
  }
}
