package io.github.surprisal.internal.softmax.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Powers of probabilities, against those of the JDK, whose own error is at most an ulp. */
class PowerTest {
  private static final double[] EXPONENTS = {1e-9, 0.1, 0.5, 0.97, 1, 1.5, 2, 2.5, 3, 7, 40, 1000};

  private static void check(double q, double g) {
    double expected = StrictMath.pow(q, g);
    double ulps = 3 + g;
    assertEquals(expected, Power.of(q, g), ulps * Math.ulp(expected), q + " to " + g);
  }

  @Test
  void probabilitiesOfEverySize() {
    var random = new SplittableRandom(1);
    for (int n = -1074; n <= 0; n++) {
      for (double g : EXPONENTS) {
        double power = Math.scalb(1.0, n);
        check(power, g);
        check(Math.nextDown(power), n == -1074 ? 1 : g);
        check(n == 0 ? 1 : power * random.nextDouble(1, 2), g);
      }
    }
  }

  @Test
  void whereTheLargerHalfOfABinadeBegins() {
    double root = 0x1.6a09e667f3bcdp0;
    for (double q : new double[] {root / 2, root / 1024, Math.scalb(root, -1022)}) {
      for (double g : EXPONENTS) {
        check(Math.nextDown(q), g);
        check(q, g);
        check(Math.nextUp(q), g);
      }
    }
  }

  @Test
  void ofAndByZero() {
    for (double q : new double[] {0, Double.MIN_VALUE, 0.3, 1}) {
      assertEquals(1, Power.of(q, 0));
    }
    assertEquals(0.0, Power.of(0, 0.5));
    assertEquals(0.0, Power.of(0, 3));
  }

  @Test
  void ofNoNumberByAnything() {
    assertEquals(Double.NaN, Power.of(Double.NaN, 0));
    assertEquals(Double.NaN, Power.of(Double.NaN, 2.5));
  }

  @Test
  void whatIsTooSmallIsZero() {
    assertEquals(0.0, Power.of(Double.MIN_VALUE, 1e300));
    assertEquals(0.0, Power.of(0.5, 1e9));
    assertEquals(Double.MIN_VALUE, Power.of(0.5, 1074));
    assertEquals(0x1p-1022, Power.of(0x1p-511, 2));
  }
}
