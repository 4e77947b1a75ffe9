package io.github.surprisal.internal.guard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors and scalar code give the same bits, wherever a block begins and ends. */
class GuardTwinTest {
  private final double[] lanes = new double[16];

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 47, 2047, 2048})
  void everyLoop(int n) {
    for (int from : new int[] {0, 1, 7}) {
      for (double special : new double[] {1, Double.NaN, Double.POSITIVE_INFINITY, 1e-40, -0.0}) {
        float[] x = sample(from + n + 3, special);
        compare(x, from, from + n);
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> x[i] * 1e-290);
        compare(y, from, from + n);
      }
    }
  }

  private static float[] sample(int n, double special) {
    var random = new SplittableRandom(n);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = i % 97 == 5 ? (float) special : (float) random.nextGaussian();
    }
    return x;
  }

  private void compare(float[] x, int from, int to) {
    assertEquals(SquaresF32Twin.sum(x, from, to, lanes), SquaresF32.sum(x, from, to, lanes));
    assertEquals(MagnitudesF32Twin.sum(x, from, to, lanes), MagnitudesF32.sum(x, from, to, lanes));
    float[] expected = new float[2];
    float[] actual = new float[2];
    if (Double.isFinite(MagnitudesF32.sum(x, from, to, lanes))) {
      ExtremesF32Twin.of(x, from, to, expected);
      ExtremesF32.of(x, from, to, actual);
      assertArrayEquals(expected, actual);
    }
    assertEquals(MaximumMagnitudeF32Twin.of(x, from, to), MaximumMagnitudeF32.of(x, from, to));
    for (float limit : new float[] {Float.MIN_VALUE, Float.MIN_NORMAL}) {
      assertEquals(SmallF32Twin.count(x, from, to, limit), SmallF32.count(x, from, to, limit));
    }
    float[] copy = x.clone();
    float[] other = x.clone();
    int count = ClampF32Twin.clamp(copy, from, to, 0.5f);
    assertEquals(count, ClampF32.clamp(other, from, to, 0.5f));
    assertArrayEquals(copy, other);
  }

  private void compare(double[] x, int from, int to) {
    assertEquals(SquaresF64Twin.sum(x, from, to, lanes), SquaresF64.sum(x, from, to, lanes));
    assertEquals(MagnitudesF64Twin.sum(x, from, to, lanes), MagnitudesF64.sum(x, from, to, lanes));
    double[] expected = new double[2];
    double[] actual = new double[2];
    if (Double.isFinite(MagnitudesF64.sum(x, from, to, lanes))) {
      ExtremesF64Twin.of(x, from, to, expected);
      ExtremesF64.of(x, from, to, actual);
      assertArrayEquals(expected, actual);
    }
    assertEquals(MaximumMagnitudeF64Twin.of(x, from, to), MaximumMagnitudeF64.of(x, from, to));
    for (double limit : new double[] {Double.MIN_VALUE, Double.MIN_NORMAL}) {
      assertEquals(SmallF64Twin.count(x, from, to, limit), SmallF64.count(x, from, to, limit));
    }
    double[] copy = x.clone();
    double[] other = x.clone();
    int count = ClampF64Twin.clamp(copy, from, to, 0.5e-290);
    assertEquals(count, ClampF64.clamp(other, from, to, 0.5e-290));
    assertArrayEquals(copy, other);
  }
}
