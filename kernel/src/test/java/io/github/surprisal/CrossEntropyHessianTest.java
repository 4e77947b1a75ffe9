package io.github.surprisal;

import static java.lang.Double.NaN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.reference.CrossEntropyReference;
import io.github.surprisal.reference.CrossEntropyResult;
import io.github.surprisal.reference.LogitOptions;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Second derivatives of cross-entropy against the oracle. */
class CrossEntropyHessianTest {
  @ParameterizedTest
  @EnumSource(Regime.class)
  void agreesWithTheOracle(Regime regime) {
    for (int classes : new int[] {1, 2, 10, 33, 100, 2049}) {
      int rows = classes > 1000 ? 1 : 3; // for the time that 100 digits take
      for (var convention : HessianConvention.values()) {
        for (int options : new int[] {0, 1 + 2, 4 + 8, 8 + 256}) {
          var c = new CrossEntropyCase(classes, regime, rows, classes).with(options);
          var expected = expected(c, convention);
          check(c, convention, expected, Precision.FLOAT32);
          check(c, convention, expected, Precision.FLOAT64);
        }
      }
      var c = new CrossEntropyCase(classes, regime, 2, classes).with(16);
      var expected = expected(c, HessianConvention.EXACT);
      check(c, HessianConvention.EXACT, expected, Precision.FLOAT64);
    }
  }

  private static CrossEntropyResult<?> expected(CrossEntropyCase c, HessianConvention convention) {
    return new CrossEntropyReference(c.options(), c.smoothing)
        .withLogitOptions(LogitOptions.DEFAULT.withTemperature(c.temperature))
        .withHessianConvention(
            convention == HessianConvention.EXACT
                ? null
                : io.github.surprisal.reference.HessianConvention.valueOf(convention.name()))
        .evaluate(c.oracleBatch());
  }

  private static void check(
      CrossEntropyCase c,
      HessianConvention convention,
      CrossEntropyResult<?> expected,
      Precision precision) {
    boolean floats = precision == Precision.FLOAT32;
    int n = c.rows * c.classes;
    float[] gradientF32 = new float[n];
    float[] hessianF32 = new float[n];
    double[] gradient = new double[n];
    double[] hessian = new double[n];
    var builder =
        CrossEntropy.builder()
            .labelSmoothing(c.smoothing)
            .temperature(c.temperature)
            .hessianConvention(convention);
    if (c.classWeights != null) {
      builder.classWeights(c.classWeights);
    }
    if (floats) {
      builder
          .build()
          .gradientAndHessian(
              c.batch(c.matrixF32(c.logits), c.matrixF32(c.probabilities)),
              Matrix.of(gradientF32, c.rows, c.classes),
              Matrix.of(hessianF32, c.rows, c.classes));
      for (int i = 0; i < n; i++) {
        hessian[i] = hessianF32[i];
      }
    } else {
      builder
          .build()
          .gradientAndHessian(
              c.batch(c.matrixF64(c.logits), c.matrixF64(c.probabilities)),
              Matrix.of(gradient, c.rows, c.classes),
              Matrix.of(hessian, c.rows, c.classes));
    }
    double[] rounded = expected.hessian(precision);
    double bound = CrossEntropy.builder().build().bounds().hessian().of(c.classes);
    double flushed = 64 / (c.temperature * c.temperature) * (floats ? Float.MIN_NORMAL : 0x1p-1022);
    for (int i = 0; i < n; i++) {
      int at = i;
      double ulps = expected.hessianUlps(i, hessian[i], precision);
      assertTrue(
          ulps <= bound || Math.abs(hessian[i] - rounded[i]) <= flushed,
          () ->
              "%s, %s: hessian[%d] = %s, expected %s, %f ulp"
                  .formatted(c, convention, at, hessian[at], rounded[at], ulps));
    }
  }

  @Test
  void theGradientIsThatOfTheSum() {
    var c = new CrossEntropyCase(1, Regime.NORMAL, 5, 7).with(2 + 8);
    var batch = c.batch(c.matrixF64(c.logits), null);
    double[] gradient = new double[35];
    double[] expected = new double[35];
    var builder = CrossEntropy.builder().classWeights(c.classWeights);
    double sum =
        builder
            .reduction(Reduction.SUM)
            .build()
            .lossAndGradient(batch.upstream(1), c.matrixF64(expected));
    double loss =
        builder
            .reduction(Reduction.MEAN)
            .build()
            .gradientAndHessian(batch, c.matrixF64(gradient), c.matrixF64(new double[35]));
    assertEquals(sum, loss);
    assertArrayEquals(expected, gradient);
  }

  /** The figures of XGBoost's own test, whose second derivatives are magnitudes from 3.5 on. */
  @Test
  void xgboostsOwnFigures() {
    double[] logits = {1, 0, 2, 2, 0, 1, NaN, 0, 0};
    var batch = Batch.of(Matrix.of(logits, 3, 3), new int[] {1, 0, -100});
    var loss = CrossEntropy.builder().hessianConvention(HessianConvention.XGBOOST_3_5).build();
    double[] hessian = new double[9];
    // In place, and the masked row gets +0.
    loss.gradientAndHessian(batch, Matrix.of(logits, 3, 3), Matrix.of(hessian, 3, 3));
    double[] expected = {0.24, 0.91, 0.67, 0.33, 0.09, 0.24, 0, 0, 0};
    assertArrayEquals(expected, hessian, 0.01);
    assertArrayEquals(new double[3], Arrays.copyOfRange(hessian, 6, 9));
  }

  @Test
  void refusals() {
    var logits = Matrix.of(new double[4], 2, 2);
    var batch = Batch.of(logits, new int[2]);
    var gradient = Matrix.of(new double[4], 2, 2);
    var capped = CrossEntropy.builder().softcap(3).build();
    assertEquals(
        "loss has softcap, zLoss or entropyWeight, expected none for a hessian",
        assertThrows(
                IllegalArgumentException.class,
                () -> capped.gradientAndHessian(batch, gradient, Matrix.of(new double[4], 2, 2)))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> CrossEntropy.builder().build().gradientAndHessian(batch, gradient, gradient));
    assertThrows(
        IllegalArgumentException.class,
        () -> CrossEntropy.builder().build().gradientAndHessian(batch, gradient, logits));
  }
}
