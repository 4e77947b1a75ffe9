package io.github.surprisal.guard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.reference.DoubleDouble;
import io.github.surprisal.reference.VectorNorm;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClipByUnitTest {
  private final ClipResult result = new ClipResult();

  private static DoubleDouble norm(double[] x, int from, int to) {
    return VectorNorm.TWO.of(DoubleDouble.of(0), Arrays.copyOfRange(x, from, to));
  }

  @Test
  void everyUnitByItsParameters() {
    for (int n : new int[] {1, 15, 17, 2049}) {
      for (double size : new double[] {0, 1e-6, 1, 50}) {
        double[] w = Samples.gaussianF64(1, 3 * n, size);
        double[] g = Samples.gaussianF64(2, 3 * n, 1);
        Arrays.fill(g, 2 * n, 3 * n, 1e-9);
        double[] before = g.clone();
        new ClipByUnit(0.02).clip(w, g, 3, result);
        int clipped = 0;
        for (int unit = 0; unit < 3; unit++) {
          int from = unit * n;
          DoubleDouble ofWeights = norm(w, from, from + n);
          DoubleDouble limit = ofWeights.max(DoubleDouble.of(1e-3)).multiply(0.02);
          boolean isAbove = norm(before, from, from + n).isGreaterThan(limit);
          DoubleDouble now = norm(g, from, from + n);
          assertFalse(now.isGreaterThan(limit.multiply(1 + 0x1p-45)));
          if (isAbove) {
            clipped++;
            assertTrue(now.isGreaterThan(limit.multiply(1 - 0x1p-40)));
          } else {
            assertArrayEquals(
                Arrays.copyOfRange(before, from, from + n), Arrays.copyOfRange(g, from, from + n));
          }
        }
        assertEquals(clipped, result.clipped());
      }
    }
  }

  @Test
  void everyUnitOfFloats() {
    for (int n : new int[] {1, 15, 17, 2049}) {
      float[] w = Samples.gaussian(1, 3 * n, 1);
      float[] g = Samples.gaussian(2, 3 * n, 1);
      new ClipByUnit(0.02).clip(w, g, 3, result);
      assertEquals(3, result.clipped());
      for (int from = 0; from < g.length; from += n) {
        DoubleDouble ofWeights = norm(Samples.toDoubles(w), from, from + n);
        DoubleDouble limit = ofWeights.max(DoubleDouble.of(1e-3)).multiply(0.02);
        DoubleDouble now = norm(Samples.toDoubles(g), from, from + n);
        assertFalse(now.isGreaterThan(limit.multiply(1 + 0x1p-45)));
        assertTrue(now.isGreaterThan(limit.multiply(1 - 0x1p-20)));
      }
    }
  }

  @Test
  void largestLimitAndSmallGradients() {
    double[] w = {1e300, 1e300, 1, 1};
    double[] g = {1.7e308, 0, -0.0, 0};
    double[] before = g.clone();
    new ClipByUnit(1e300).clip(w, g, 2, result);
    assertArrayEquals(before, g);
    assertEquals(0, result.clipped());
  }

  @Test
  void aUnitOfNanLeavesOthersAlone() {
    float nan = Float.NaN;
    float[] w = {3, 4, 3, 4, nan, 1};
    float[] g = {30, 40, nan, 40, 9, 9};
    new ClipByUnit(0.1).clip(w, g, 3, result);
    assertArrayEquals(new float[] {0.3f, 0.4f, nan, 40, 9, 9}, g, 1e-6f);
    assertEquals(1, result.clipped());
    assertEquals(2, result.skipped());
    assertEquals(1, result.nonFinite());
    assertEquals(2, result.firstIndex());
    var finite = new ClipByUnit(0.1, 1e-3, NonFinite.CLIP_FINITE);
    finite.clip(w, g, 3, result);
    assertArrayEquals(new float[] {0.3f, 0.4f, nan, 0.5f, 9, 9}, g, 1e-6f);
    g[3] = 40;
    var error = new ClipByUnit(0.1, 1e-3, NonFinite.ERROR);
    assertThrows(ArithmeticException.class, () -> error.clip(w, g, 3, result));
    assertEquals(40, g[3]);
  }

  @Test
  void argumentsAreChecked() {
    var clip = new ClipByUnit(0.01);
    float[] w = new float[6];
    float[] g = new float[6];
    assertEquals(
        "units = 4, expected a positive divisor of gradient.length = 6",
        message(() -> clip.clip(w, g, 4, result)));
    assertEquals(
        "units = 0, expected a positive divisor of gradient.length = 6",
        message(() -> clip.clip(w, g, 0, result)));
    assertEquals(
        "gradient.length = 5, expected parameters.length = 6",
        message(() -> clip.clip(w, new float[5], 1, result)));
    assertEquals(
        "gradient is parameters, expected another array",
        message(() -> clip.clip(w, w, 1, result)));
    assertEquals("factor = 0.0, expected 0 < factor < infinity", message(() -> new ClipByUnit(0)));
    assertEquals(
        "epsilon = 0.0, expected 0 < epsilon < infinity",
        message(() -> new ClipByUnit(0.01, 0, NonFinite.SKIP)));
  }

  private static String message(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }
}
