package io.github.surprisal.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Norms and counts that can be told by hand. */
class GuardReferenceTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void normsOfKnownVectors() {
    double[][] arrays = {{3, -4}, {}, {12}};
    assertEquals(19, Precision.FLOAT64.round(VectorNorm.ONE.of(HundredDigits.of(0), arrays)));
    assertEquals(13, Precision.FLOAT64.round(VectorNorm.TWO.of(HundredDigits.of(0), arrays)));
    assertEquals(12, Precision.FLOAT64.round(VectorNorm.INFINITY.of(DoubleDouble.of(0), arrays)));
    for (VectorNorm norm : VectorNorm.values()) {
      assertTrue(norm.of(DoubleDouble.of(0)).isZero());
    }
  }

  @Test
  void bothPrecisionsAgreeFarBeyondTheRangeOfSquares() {
    for (double size : new double[] {1e-320, 1e-200, 1, 1e200, 1.7e308}) {
      double[] x = {size, size / 3, -size / 7};
      for (VectorNorm norm : VectorNorm.values()) {
        HundredDigits exact = norm.of(HundredDigits.of(0), x);
        HundredDigits error =
            exact.subtract(toHundredDigits(norm.of(DoubleDouble.of(0), x))).divide(exact).abs();
        assertTrue(error.estimate() < 1e-29, norm + " of " + size + ": " + error);
      }
    }
    double root = Precision.FLOAT64.round(VectorNorm.TWO.of(DoubleDouble.of(0), fill(1e-200, 4)));
    assertEquals(2e-200, root);
  }

  private static HundredDigits toHundredDigits(DoubleDouble x) {
    return HundredDigits.of(x.high).add(HundredDigits.of(x.low)).scalb(x.exponent);
  }

  private static double[] fill(double value, int n) {
    double[] x = new double[n];
    java.util.Arrays.fill(x, value);
    return x;
  }

  @Test
  void censusOfEveryKind() {
    double[] x = {0, -0.0, 1, NAN, -3, INFINITY, -INFINITY, -INFINITY, 1e-310, NAN};
    var census = ArrayCensus.of(x, Double.MIN_NORMAL);
    assertEquals(2, census.nan());
    assertEquals(1, census.positiveInfinities());
    assertEquals(2, census.negativeInfinities());
    assertEquals(1, census.subnormals());
    assertEquals(2, census.zeros());
    assertEquals(-3, census.min());
    assertEquals(1, census.max());
    assertEquals(0.8, Precision.FLOAT64.round(census.meanMagnitude()));
    assertEquals(3, census.firstNonFinite());
  }

  @Test
  void censusOfNothing() {
    var census = ArrayCensus.of(new double[0], Double.MIN_NORMAL);
    assertEquals(NAN, census.min());
    assertEquals(NAN, census.max());
    assertTrue(census.meanMagnitude().isZero());
    assertEquals(-1, census.firstNonFinite());
  }
}
