package io.github.surprisal.internal.reduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Exponents and products of doubles of any size, against exact arithmetic. */
class FactorsTest {
  private static final int LEAST = -1074;

  @Test
  void exponentsOfEveryPowerOfTwoAndItsNeighbours() {
    for (int n = LEAST; n < 1024; n++) {
      double power = Math.scalb(1.0, n);
      assertEquals(n, Factors.exponent(power));
      assertEquals(n, Factors.exponent(-power));
      assertEquals(n == LEAST ? n + 1 : n, Factors.exponent(Math.nextUp(power)));
      assertEquals(n == LEAST ? 0 : n - 1, Factors.exponent(Math.nextDown(power)));
    }
    assertEquals(1023, Factors.exponent(Double.MAX_VALUE));
    for (double none : new double[] {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertEquals(0, Factors.exponent(none));
    }
  }

  @Test
  void limits() {
    assertEquals(0, Factors.beyond(400, 400));
    assertEquals(0, Factors.beyond(-400, 400));
    assertEquals(401, Factors.beyond(401, 400));
    assertEquals(-401, Factors.beyond(-401, 400));
    for (double end : new double[] {0x1p-60, 0x1p60}) {
      assertTrue(Factors.isModerate(end) && Factors.isModerate(-end));
    }
    for (double out : new double[] {Math.nextDown(0x1p-60), Math.nextUp(0x1p60), 0, Double.NaN}) {
      assertTrue(!Factors.isModerate(out) && !Factors.isModerate(-out));
    }
  }

  @Test
  void quotientsAreThoseOfExactArithmetic() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      double a = draw(random);
      double b = draw(random);
      double c = draw(random);
      double d = draw(random);
      // The result is of a moderate size, whatever those of the others are.
      int n = -Factors.exponent(a, b, c, 0, d) + random.nextInt(-9, 9);
      var two = BigDecimal.TWO.pow(Math.abs(n));
      var product = new BigDecimal(a).multiply(new BigDecimal(b)).multiply(new BigDecimal(c));
      product = n < 0 ? product.divide(two) : product.multiply(two);
      double exact = product.divide(new BigDecimal(d), new MathContext(40)).doubleValue();
      assertEquals(exact, Factors.quotient(a, b, c, n, d), 3 * Math.ulp(exact));
      int exponent = Factors.exponent(exact);
      assertTrue(Math.abs(exponent - Factors.exponent(a, b, c, n, d)) <= 3);
    }
  }

  private static double draw(SplittableRandom random) {
    return Math.scalb(random.nextDouble(1, 2), random.nextInt(LEAST, 1024));
  }
}
