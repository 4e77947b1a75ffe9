package io.github.surprisal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.reference.ArrayCensus;
import io.github.surprisal.reference.DoubleDouble;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ArrayScanTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private final ArrayScan scan = new ArrayScan();

  @Test
  void agreesWithTheOracle() {
    double[] specials = {0, -0.0, Double.NaN, INFINITY, -INFINITY, 1e-40, 1e-310, 1e30};
    for (int n : Samples.SIZES) {
      for (int every : new int[] {1, 3, 1000, 100_000}) {
        float[] x = Samples.gaussian(n, n, 1);
        for (int i = n / 2; i < n; i += every) {
          x[i] = (float) specials[i % specials.length];
        }
        compare(scan.of(x), ArrayCensus.of(Samples.toDoubles(x), Float.MIN_NORMAL));
        double[] y = Samples.gaussianF64(n, n, 1);
        for (int i = n / 2; i < n; i += every) {
          y[i] = specials[i % specials.length];
        }
        compare(scan.of(y), ArrayCensus.of(y, Double.MIN_NORMAL));
        int from = Math.min(n, 7);
        compare(
            scan.of(y, from, n),
            ArrayCensus.of(Arrays.copyOfRange(y, from, n), Double.MIN_NORMAL),
            from);
      }
    }
  }

  private static void compare(ArrayScan scan, ArrayCensus exact) {
    compare(scan, exact, 0);
  }

  private static void compare(ArrayScan scan, ArrayCensus exact, int from) {
    assertEquals(exact.nan(), scan.nan());
    assertEquals(exact.positiveInfinities(), scan.positiveInfinities());
    assertEquals(exact.negativeInfinities(), scan.negativeInfinities());
    assertEquals(exact.subnormals(), scan.subnormals());
    assertEquals(exact.zeros(), scan.zeros());
    assertEquals(exact.min(), scan.min());
    assertEquals(exact.max(), scan.max());
    int first = exact.firstNonFinite();
    assertEquals(first < 0 ? -1 : first + from, scan.firstNonFinite());
    var mean = DoubleDouble.of(scan.meanMagnitude());
    var most = exact.meanMagnitude().multiply(1 + 0x1p-44);
    var least = exact.meanMagnitude().multiply(1 - 0x1p-44);
    assertFalse(mean.isGreaterThan(most) || least.isGreaterThan(mean), () -> mean + ", " + most);
  }

  @Test
  void saysWhatThereIs() {
    assertEquals("0 elements", scan.of(new double[0]).toString());
    assertEquals(Double.NaN, scan.min());
    assertEquals(Double.NaN, scan.max());
    assertEquals(0, scan.meanMagnitude());
    float nan = Float.NaN;
    float[] x = {1, -3, 0, -0f, 1e-40f, nan, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    assertEquals(
        "8 elements from -3.0 to 1.0, mean magnitude 0.8; 2 zero; 1 subnormal; 1 NaN; "
            + "1 +infinity; 1 -infinity; first [5] = NaN",
        scan.of(x).toString());
    assertEquals("1 elements; 1 NaN; first [0] = NaN", scan.of(new float[] {nan}).toString());
    assertTrue(Double.isNaN(scan.firstNonFiniteValue()));
    assertEquals(5, scan.of(x, 0, 5).finite());
  }

  @Test
  void aMeanOfLargeNumbersDoesNotOverflow() {
    double[] x = new double[5000];
    Arrays.fill(x, Double.MAX_VALUE);
    assertEquals(1, scan.of(x).meanMagnitude() / Double.MAX_VALUE, 1e-12);
    assertEquals(0, scan.nonFinite());
  }

  /** All of one sign, with and without a zero of either sign. */
  @Test
  void extremesOfOneSign() {
    double[][] zeros = {{}, {0}, {-0.0}};
    for (int n : new int[] {1, 16, 40, 2050}) {
      for (double sign : new double[] {1, -1}) {
        for (double[] zero : zeros) {
          double[] x = new double[n + zero.length];
          Arrays.setAll(x, i -> sign * (3 + i % 7));
          System.arraycopy(zero, 0, x, n / 2, zero.length);
          float[] y = new float[x.length];
          for (int i = 0; i < y.length; i++) {
            y[i] = (float) x[i];
          }
          compare(scan.of(x), ArrayCensus.of(x, Double.MIN_NORMAL));
          compare(scan.of(y), ArrayCensus.of(x, Float.MIN_NORMAL));
        }
      }
    }
  }

  @Test
  void zeroExtremesArePositive() {
    float[] x = new float[33];
    Arrays.fill(x, -0f);
    assertEquals(INFINITY, 1 / scan.of(x).min());
    assertEquals(INFINITY, 1 / scan.max());
    x[3] = Float.NaN;
    assertEquals(INFINITY, 1 / scan.of(x).min());
  }

  @Test
  void rangesAreChecked() {
    double[] x = new double[3];
    var from = assertThrows(IllegalArgumentException.class, () -> scan.of(x, -1, 2));
    assertEquals("from = -1, expected 0 <= from <= 3", from.getMessage());
    var to = assertThrows(IllegalArgumentException.class, () -> scan.of(x, 1, 4));
    assertEquals("to = 4, expected 1 <= to <= 3", to.getMessage());
    assertThrows(IllegalArgumentException.class, () -> scan.of(new float[2], 2, 1));
    assertThrows(NullPointerException.class, () -> scan.of((float[]) null));
  }
}
