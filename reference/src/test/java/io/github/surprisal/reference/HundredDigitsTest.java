package io.github.surprisal.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.SplittableRandom;
import org.apache.commons.math3.dfp.Dfp;
import org.apache.commons.math3.dfp.DfpField;
import org.junit.jupiter.api.Test;

/** One test for every fault of Dfp that {@link HundredDigits} keeps away from its callers. */
class HundredDigitsTest {

  private static final long SEED = 20261123;

  @Test
  void hasOneField() {
    Dfp mixed = new DfpField(100).newDfp(1).add(new DfpField(60).newDfp(1));
    assertTrue(mixed.isNaN(), "the fault itself");
    assertFalse(HundredDigits.of(1).add(HundredDigits.parse("1e-33")).isNaN());
  }

  @Test
  void logOfZeroIsMinusInfinity() {
    assertTrue(new DfpField(100).getZero().log().isNaN(), "the fault itself");
    assertEquals(Double.NEGATIVE_INFINITY, Precision.FLOAT64.round(HundredDigits.of(0).log()));
  }

  @Test
  void expReturnsForEveryArgument() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (double x = 0x1p20; x <= 0x1p1000; x *= 0x1p20) {
            assertTrue(HundredDigits.of(x).exp().isInfinite());
            assertTrue(HundredDigits.of(-x).exp().isZero());
          }
        });
  }

  @Test
  void roundsSubnormalsLikeAnyOtherNumber() {
    double tiny = Double.MIN_VALUE;
    assertEquals(0, new DfpField(100).newDfp(tiny).toDouble(), "the fault itself");
    for (int n = 1; n < 100; n++) {
      assertEquals(n * tiny, Precision.FLOAT64.round(HundredDigits.of(n * tiny)));
    }
  }

  @Test
  void log1pAndExpm1KeepTheirDigitsNextToZero() {
    Dfp x = new DfpField(100).newDfp("1e-61").divide(3);
    Dfp error = x.expm1().divide(x).subtract(1);
    assertTrue(Math.abs(error.toDouble()) > 1e-45, "the fault itself");
    // expm1(log1p(x)) = x at any scale.
    for (int n = 1; n < 300; n += 7) {
      HundredDigits small = HundredDigits.parse("3e-" + n);
      RelativeError.assertWithin(
          RelativeError.HUNDRED_DIGITS, small.log1p().expm1(), small, "log1p, expm1 of " + small);
      HundredDigits negative = small.negate();
      RelativeError.assertWithin(
          RelativeError.HUNDRED_DIGITS, negative.expm1().log1p(), negative, "expm1, log1p");
    }
  }

  @Test
  void logKeepsItsDigitsNextToOne() {
    HundredDigits one = HundredDigits.of(1);
    HundredDigits small = HundredDigits.parse("1e-40");
    // log(1 + x) = x - x^2/2 + x^3/3, all of the hundred digits that 1 + x holds.
    HundredDigits series =
        small
            .subtract(HundredDigits.parse("5e-81"))
            .add(small.multiply(small).multiply(small).divide(3));
    RelativeError.assertWithin(1e-60, one.add(small).log(), series, "log(1 + 1e-40)");
  }

  @Test
  void expAndLogAgreeWithCommonsMathWhereThatIsSound() {
    DfpField field = new DfpField(100);
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 300; i++) {
      double x = random.nextDouble(-750, 750);
      String message = "x = " + x + ", seed " + SEED;
      HundredDigits exp = HundredDigits.parse(field.newDfp(x).exp().toString());
      RelativeError.assertWithin(
          RelativeError.HUNDRED_DIGITS, HundredDigits.of(x).exp(), exp, message);
      double y = random.nextDouble(2, 1e6);
      HundredDigits log = HundredDigits.parse(field.newDfp(y).log().toString());
      RelativeError.assertWithin(1e-83, HundredDigits.of(y).log(), log, message);
    }
  }

  @Test
  void logInvertsExpFarBeyondTheRangeOfDouble() {
    for (double x : new double[] {-250_000, -1000.5, -1, 0.25, 1, 1000.5, 250_000}) {
      RelativeError.assertWithin(
          RelativeError.HUNDRED_DIGITS, HundredDigits.of(x).exp().log(), HundredDigits.of(x), "x");
    }
  }

  @Test
  void holdsDoublesTo96Digits() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 2000; i++) {
      double x = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(x) && x != 0) {
        BigDecimal exact = new BigDecimal(x);
        BigDecimal error = HundredDigits.of(x).toBigDecimal().subtract(exact).abs();
        assertTrue(
            error.compareTo(exact.abs().movePointLeft(96)) <= 0, "x = " + x + ", seed " + SEED);
        assertEquals(x, Precision.FLOAT64.round(HundredDigits.of(x)), "seed " + SEED);
      }
    }
  }
}
