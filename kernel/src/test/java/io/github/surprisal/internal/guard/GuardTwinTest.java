package io.github.surprisal.internal.guard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors and scalar code give the same bits, wherever a block begins and ends. */
class GuardTwinTest {
  private static final int ROOM = 64;
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
    survey(x, from, to);
    assertEquals(MaximumMagnitudeF32Twin.of(x, from, to), MaximumMagnitudeF32.of(x, from, to));
    int[] counts = new int[2];
    int[] twins = new int[2];
    SmallF32.count(x, from, to, counts, new int[ROOM]);
    SmallF32Twin.count(x, from, to, twins, new int[ROOM]);
    assertArrayEquals(twins, counts);
    float[] copy = x.clone();
    float[] other = x.clone();
    int count = ClampF32Twin.clamp(copy, from, to, 0.5f);
    assertEquals(count, ClampF32.clamp(other, from, to, 0.5f));
    assertArrayEquals(copy, other);
  }

  private void compare(double[] x, int from, int to) {
    assertEquals(SquaresF64Twin.sum(x, from, to, lanes), SquaresF64.sum(x, from, to, lanes));
    assertEquals(MagnitudesF64Twin.sum(x, from, to, lanes), MagnitudesF64.sum(x, from, to, lanes));
    survey(x, from, to);
    assertEquals(MaximumMagnitudeF64Twin.of(x, from, to), MaximumMagnitudeF64.of(x, from, to));
    int[] counts = new int[2];
    int[] twins = new int[2];
    SmallF64.count(x, from, to, counts, new long[ROOM]);
    SmallF64Twin.count(x, from, to, twins, new long[ROOM]);
    assertArrayEquals(twins, counts);
    double[] copy = x.clone();
    double[] other = x.clone();
    int count = ClampF64Twin.clamp(copy, from, to, 0.5e-290);
    assertEquals(count, ClampF64.clamp(other, from, to, 0.5e-290));
    assertArrayEquals(copy, other);
  }

  private void survey(float[] x, int from, int to) {
    float[] expected = new float[3];
    float[] actual = new float[3];
    int[] bits = new int[ROOM];
    double sum = MagnitudesF32.sum(x, from, to, lanes);
    assertEquals(sum, SurveyF32Twin.sum(x, from, to, lanes, bits, expected));
    assertEquals(sum, SurveyF32.sum(x, from, to, lanes, bits, actual));
    assertArrayEquals(expected, actual);
  }

  private void survey(double[] x, int from, int to) {
    double[] expected = new double[3];
    double[] actual = new double[3];
    long[] bits = new long[ROOM];
    double sum = MagnitudesF64.sum(x, from, to, lanes);
    assertEquals(sum, SurveyF64Twin.sum(x, from, to, lanes, bits, expected));
    assertEquals(sum, SurveyF64.sum(x, from, to, lanes, bits, actual));
    assertArrayEquals(expected, actual);
  }
}
