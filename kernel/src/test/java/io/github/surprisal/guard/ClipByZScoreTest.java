package io.github.surprisal.guard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.RoundTrip;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipByZScoreTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private final ClipResult result = new ClipResult();

  /** A gradient of this norm. */
  private static double[] of(double norm) {
    return new double[] {0, -norm};
  }

  /** Norms with a spike now and then. */
  private static double[] norms(int n, double size) {
    var random = new SplittableRandom(n);
    double[] norms = new double[n];
    for (int i = 0; i < n; i++) {
      double spike = i > 25 && random.nextInt(10) == 0 ? 5 : 1;
      norms[i] = size * spike * (1 + 0.2 * random.nextDouble());
    }
    return norms;
  }

  /** Formulas of the paper in plain variances, beside it, step by step. */
  @ParameterizedTest
  @EnumSource
  void everyStepIsThePapers(ZScoreTarget target) {
    var clip = ClipByZScore.builder().target(target).build();
    double[] norms = norms(500, 1);
    double mean = DoubleStream.of(norms).limit(25).sum() / 25;
    double first = mean;
    double variance = DoubleStream.of(norms).limit(25).map(x -> (x - first) * (x - first)).sum();
    variance /= 25;
    int clipped = 0;
    for (int i = 0; i < norms.length; i++) {
      double[] gradient = of(norms[i]);
      clip.clip(gradient, result);
      if (i < 25) {
        assertEquals(i < 24, clip.isWarmingUp());
        assertEquals(norms[i], -gradient[1]);
        continue;
      }
      double s = Math.sqrt(variance);
      double z = (norms[i] - mean) / s;
      double left =
          z <= 2.5
              ? norms[i]
              : switch (target) {
                case RECIPROCAL -> mean + 2.5 * 2.5 * s / z;
                case THRESHOLD -> mean + 2.5 * s;
                case MEAN -> mean;
              };
      assertEquals(z, clip.zScore(), 1e-9 * Math.abs(z) + 1e-9);
      assertEquals(z > 2.5, result.isClipped());
      assertEquals(left, -gradient[1], 1e-9 * left);
      clipped += z > 2.5 ? 1 : 0;
      mean = 0.97 * mean + 0.03 * left;
      variance = 0.97 * variance + 0.03 * (left - mean) * (left - mean);
      assertEquals(mean, clip.mean(), 1e-9 * mean);
      assertEquals(Math.sqrt(variance), clip.deviation(), 1e-9 * mean);
    }
    assertTrue(clipped > 10, clipped + " clipped");
    assertEquals(500, clip.count());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p-1000, 0x1p-70, 0x1p70, 0x1p1000})
  void normsOfAnySize(double size) {
    var clip = ClipByZScore.builder().build();
    var ofOne = ClipByZScore.builder().build();
    for (double norm : norms(300, 1)) {
      clip.clip(of(size * norm), result);
      ofOne.clip(of(norm), result);
      assertEquals(ofOne.zScore(), clip.zScore());
      assertEquals(size * ofOne.mean(), clip.mean());
    }
  }

  @Test
  void whatIsNotOrdinaryDoesNotEnter() {
    var clip = ClipByZScore.builder().warmUp(2).nonFinite(NonFinite.CLIP_FINITE).build();
    clip.clip(of(1), result);
    clip.clip(of(2), result);
    String before = clip.mean() + " " + clip.deviation() + " " + clip.count();
    clip.clip(of(0), result);
    clip.clip(new double[0], result);
    assertFalse(result.isClipped());
    double[] bad = {Double.NaN, 50};
    clip.clip(bad, result);
    assertTrue(bad[1] < 3 && Double.isNaN(bad[0]));
    double[] beyond = {1.7e308, 1.7e308};
    clip.clip(beyond, result);
    assertEquals(INFINITY, result.norm());
    assertEquals(clip.mean() * Math.sqrt(0.5), beyond[0], 1e-9);
    assertEquals(before, clip.mean() + " " + clip.deviation() + " " + clip.count());
    var skip = ClipByZScore.builder().build();
    float[] left = {Float.NaN, 1};
    assertTrue(skip.clip(left, result).isSkipped());
    assertEquals(0, skip.count());
    var error = ClipByZScore.builder().nonFinite(NonFinite.ERROR).build();
    assertThrows(ArithmeticException.class, () -> error.clip(bad, result));
    assertEquals(0, error.count());
  }

  @Test
  void normsThatWereAlikeAreNoTrap() {
    var clip = ClipByZScore.builder().warmUp(5).target(ZScoreTarget.MEAN).build();
    for (int i = 0; i < 5; i++) {
      clip.clip(of(2), result);
    }
    assertEquals(0.02, clip.deviation());
    assertFalse(clip.clip(of(2.04), result).isClipped());
    assertTrue(clip.clip(of(2.4), result).isClipped());
  }

  @Test
  void maxNormHoldsInTheWarmUpToo() {
    var clip = ClipByZScore.builder().maxNorm(1).warmUp(2).build();
    for (int i = 0; i < 4; i++) {
      float[] gradient = {30, -40};
      clip.clip(gradient, result);
      double norm = Math.hypot(gradient[0], gradient[1]);
      assertTrue(norm <= 1 && norm > 0.999, "norm " + norm);
    }
    assertEquals(1, clip.mean());
  }

  @Test
  void manyArraysHaveOneNorm() {
    var clip = ClipByZScore.builder().warmUp(1).target(ZScoreTarget.MEAN).build();
    clip.clip(new float[][] {{3}, {4}}, result);
    assertEquals(5, clip.mean());
    double[][] gradients = {{30}, {40}};
    clip.clip(gradients, result);
    assertEquals(50, result.norm());
    assertArrayEquals(new double[][] {{3}, {4}}, round(gradients));
    float[] twice = {1};
    float[][] both = {twice, twice};
    assertThrows(IllegalArgumentException.class, () -> clip.clip(both, result));
  }

  private static double[][] round(double[][] x) {
    return new double[][] {{Math.rint(x[0][0] * 1e9) / 1e9}, {Math.rint(x[1][0] * 1e9) / 1e9}};
  }

  @Test
  void resumesExactly() throws Exception {
    var whole = ClipByZScore.builder().warmUp(10).target(ZScoreTarget.THRESHOLD).build();
    ClipByZScore resumed = RoundTrip.of(whole);
    for (double norm : norms(200, 1e-3)) {
      double[] expected = of(norm);
      double[] gradient = of(norm);
      whole.clip(expected, result);
      resumed.clip(gradient, result);
      assertArrayEquals(expected, gradient);
      resumed = RoundTrip.of(resumed);
      assertEquals(whole.toString(), resumed.toString());
    }
  }

  @Test
  void optionsAreChecked() {
    var b = ClipByZScore.builder();
    assertEquals("warmUp = 0, expected warmUp > 0", message(() -> b.warmUp(0)));
    assertEquals("decay = 1.0, expected 0 <= decay < 1", message(() -> b.decay(1)));
    assertEquals("maxNorm = NaN, expected maxNorm > 0", message(() -> b.maxNorm(Double.NaN)));
    assertEquals(
        "threshold = 0.0, expected 0 < threshold < infinity", message(() -> b.threshold(0)));
    assertEquals(
        "leastDeviation = -1.0, expected 0 <= leastDeviation < infinity",
        message(() -> b.leastDeviation(-1)));
  }

  private static String message(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }
}
