package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import jdk.incubator.vector.DoubleVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code log(1 + a / b)} of two numbers: its error, and the bits of its twin. */
class LogQuotientTest {
  private static final double MOST_ULPS = 2;
  private static final long SEED = 20261128;

  @Test
  void isWithinItsBound() {
    check(400_000);
  }

  @Tag("exhaustive")
  @Test
  void isWithinItsBoundForMillions() {
    check(8_000_000);
  }

  /** The arguments that the Javadoc names, with the error it states. */
  @Test
  void hasTheErrorItStates() {
    assertEquals(1.929, ulps(0x1.04fddae8299b5p-23, 0x1.0664f2b878b7dp0), 1e-3);
  }

  @Test
  void hasTheBitsOfItsTwin() {
    var random = new SplittableRandom(SEED);
    double[] a = new double[F64.length()];
    double[] b = new double[F64.length()];
    double[] inverse = new double[F64.length()];
    double[] log = new double[F64.length()];
    for (int n = 0; n < 50_000; n++) {
      for (int i = 0; i < a.length; i++) {
        b[i] = random.nextDouble(0.5, 2);
        a[i] = quotient(random) * b[i];
        inverse[i] = 1 / (a[i] + b[i]);
      }
      LogQuotientF64.log1p(vector(a), vector(b), vector(inverse)).intoArray(log, 0);
      for (int i = 0; i < a.length; i++) {
        double expected = LogQuotientF64Twin.log1p(a[i], b[i], inverse[i]);
        assertEquals(Double.doubleToLongBits(expected), Double.doubleToLongBits(log[i]));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "0, 1.3, 0", "NaN, 1, NaN", "1, NaN, NaN", "1e-300, 1, 1e-300"})
  void hasSpecialValues(double a, double b, double expected) {
    double log = LogQuotientF64Twin.log1p(a, b, 1 / (a + b));
    assertEquals(Double.doubleToLongBits(expected), Double.doubleToLongBits(log));
  }

  private static DoubleVector vector(double[] a) {
    return DoubleVector.fromArray(F64, a, 0);
  }

  /** Mostly near where the result is hard, over 2^-60 to 2^30. */
  private static double quotient(SplittableRandom random) {
    return Math.scalb(
        random.nextDouble(1, 2),
        random.nextInt(3) > 0 ? random.nextInt(-4, 4) : random.nextInt(-60, 30));
  }

  private static void check(int count) {
    var random = new SplittableRandom(SEED);
    double worst = 0;
    double atA = 0;
    double atB = 0;
    for (int i = 0; i < count; i++) {
      double b = random.nextDouble(0.5, 2);
      double a = quotient(random) * b;
      double ulps = ulps(a, b);
      if (ulps > worst) {
        worst = ulps;
        atA = a;
        atB = b;
      }
    }
    String text = "log1p(a / b): %.3f ulp at a = %a, b = %a".formatted(worst, atA, atB);
    System.out.println(text);
    assertTrue(worst <= MOST_ULPS, text);
  }

  /** Error of the twin in ulp; with q = a / b + d, log1p(a / b) = log1p(q) - d / (1 + q). */
  private static double ulps(double a, double b) {
    double q = a / b;
    double d = Math.fma(q, b, -a) / b;
    double log = LogQuotientF64Twin.log1p(a, b, 1 / (a + b));
    Exact exact = Exact.log1p(q);
    double high = Math.scalb(exact.high(), exact.exponent());
    double low = Math.scalb(exact.low(), exact.exponent()) - d / (1 + q);
    return Math.abs((log - high) - low) / Math.ulp(high);
  }
}
