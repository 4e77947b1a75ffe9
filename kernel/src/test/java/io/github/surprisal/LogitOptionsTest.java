package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.SoftmaxFocal;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options of the logits must leave as it is, and what they are equal to. */
class LogitOptionsTest {
  private static CrossEntropyCase normal(int classes) {
    return new CrossEntropyCase(classes, Regime.NORMAL, 3, classes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 33, 1000, 5000})
  void aTemperatureThatIsAPowerOfTwoIsAScaleOfTheLogits(int classes) {
    var c = normal(classes);
    var loss = CrossEntropy.builder().labelSmoothing(0.1).zLoss(0.5);
    float[] gradient = new float[3 * classes];
    float[] expected = new float[3 * classes];
    float[] logits = CrossEntropyCase.toFloats(c.logits);
    float[] halves = logits.clone();
    for (int i = 0; i < halves.length; i++) {
      halves[i] /= 2;
    }
    assertEquals(
        loss.build().lossAndGradient(halves, c.labels, expected),
        loss.temperature(2).build().lossAndGradient(logits, c.labels, gradient));
    for (int i = 0; i < expected.length; i++) {
      expected[i] /= 2;
    }
    assertArrayEquals(expected, gradient);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 33, 100, 2049})
  void theQuotientByTheTemperatureIsNotRounded(int classes) {
    for (double temperature : new double[] {0.7, 0.01, 300, 0x1p-100, 0x1p100}) {
      var c = normal(classes);
      float[] gradient = new float[3 * classes];
      var loss = CrossEntropy.builder().temperature(temperature).build();
      loss.lossAndGradient(CrossEntropyCase.toFloats(c.logits), c.labels, gradient);
      var divided = normal(classes);
      Arrays.setAll(divided.logits, i -> c.logits[i] / temperature);
      divided.upstream = 1 / temperature;
      var expected = divided.expected();
      for (int i = 0; i < gradient.length; i++) {
        double ulps = expected.gradientUlps(i, gradient[i], Precision.FLOAT32);
        boolean flushed = Math.abs(gradient[i]) <= Float.MIN_NORMAL / temperature;
        assertTrue(ulps <= 4 + classes / 16 || flushed, temperature + ": " + ulps + " ulps");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 33, 5000})
  void zLossAddsTheSquareOfLogSumExp(int classes) {
    var c = normal(classes);
    double[] gradient = new double[3 * classes];
    var plain = CrossEntropy.builder().reduction(Reduction.SUM);
    double without = plain.build().lossAndGradient(c.logits, c.labels, gradient);
    double[] expected = gradient.clone();
    double squares = 0;
    for (int row = 0; row < 3; row++) {
      double sum = 0;
      for (int j = 0; j < classes; j++) {
        sum += Math.exp(c.logits[row * classes + j]);
      }
      squares += Math.log(sum) * Math.log(sum);
      for (int j = 0; j < classes; j++) {
        int at = row * classes + j;
        expected[at] += 2 * 0.25 * Math.log(sum) * Math.exp(c.logits[at]) / sum;
      }
    }
    double with = plain.zLoss(0.25).build().lossAndGradient(c.logits, c.labels, gradient);
    assertEquals(without + 0.25 * squares, with, 1e-12 * with);
    assertArrayEquals(expected, gradient, 1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void infiniteLogitsStayInfiniteUnderASoftcap(int classes) {
    double[] logits = new double[3 * classes];
    logits[1] = Double.NEGATIVE_INFINITY;
    logits[classes + 1] = Double.POSITIVE_INFINITY;
    logits[2 * classes + 1] = Double.NaN;
    double[] gradient = new double[3 * classes];
    double[] losses = new double[3];
    var batch = Batch.of(Matrix.of(logits, 3, classes), new int[3]).losses(losses);
    var capped = CrossEntropy.builder().softcap(2).build();
    capped.lossAndGradient(batch, Matrix.of(gradient, 3, classes));
    assertEquals(Math.log(classes - 1), losses[0], 1e-13);
    assertEquals(0, gradient[1]);
    assertTrue(Double.isNaN(losses[1]) && Double.isNaN(losses[2]));
    for (int i = classes; i < 3 * classes; i++) {
      assertTrue(Double.isNaN(gradient[i]), "gradient[" + i + "]");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void aSaturatedSoftcapKeepsATrueGradient(int classes) {
    float[] logits = new float[classes];
    float[] gradient = new float[classes];
    logits[0] = 40;
    var capped = CrossEntropy.builder().softcap(2).build();
    capped.lossAndGradient(logits, new int[] {1}, gradient);
    double p = Math.exp(2) / (Math.exp(2) + classes - 1);
    double slope = 4 * Math.exp(-40);
    assertEquals(p * slope, gradient[0], 1e-5 * slope);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void doublesKeepAGradientThatFloatsCouldNot(int classes) {
    double[] logits = new double[classes];
    double[] gradient = new double[classes];
    logits[0] = 600;
    var capped = CrossEntropy.builder().softcap(2).build();
    capped.lossAndGradient(logits, new int[] {1}, gradient);
    double p = Math.exp(2) / (Math.exp(2) + classes - 1);
    double slope = 4 * Math.exp(-600);
    assertEquals(p * slope, gradient[0], 1e-13 * slope);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void aClassThatIsNotAllowedIsNotRead(int classes) {
    double[] logits = new double[classes];
    logits[2] = Double.NaN;
    double[] gradient = new double[classes];
    long[] allowed = new long[(classes + 63) / 64];
    Arrays.fill(allowed, -1);
    allowed[0] &= ~4L;
    var batch = Batch.of(Matrix.of(logits, 1, classes), new int[] {0}).allowed(allowed);
    var smooth = CrossEntropy.builder().labelSmoothing(0.5).build();
    double loss = smooth.lossAndGradient(batch, Matrix.of(gradient, 1, classes));
    assertEquals(Math.log(classes - 1), loss, 1e-13);
    assertEquals(0.5 * (1.0 / (classes - 1) - 1), gradient[0], 1e-13);
    assertEquals(0L, Double.doubleToRawLongBits(gradient[2]));
    assertEquals(0, Arrays.stream(gradient).sum(), 1e-13);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void aRowThatIsNanIsNanInEveryClass(int classes) {
    int[] label = {1};
    double[] far = new double[classes];
    far[0] = -2000;
    far[1] = Double.NaN;
    var undefined = Batch.of(Matrix.of(far, 1, classes), label);
    assertNan(CrossEntropy.builder().entropyWeight(1).build(), undefined, classes);
    long[] allowed = new long[(classes + 63) / 64];
    allowed[0] = 2;
    var batch = Batch.of(Matrix.of(new double[classes], 1, classes), label).allowed(allowed);
    batch = batch.weights(new double[] {Double.NaN});
    assertNan(CrossEntropy.builder().build(), batch, classes);
    assertNan(SoftmaxFocal.builder().build(), batch, classes);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void smoothingReadsTheWeightsOfAllowedClassesAlone(int classes) {
    long[] allowed = new long[(classes + 63) / 64];
    allowed[0] = 2;
    double[] weights = new double[classes];
    Arrays.fill(weights, -1);
    weights[1] = 1;
    var batch = Batch.of(Matrix.of(new double[classes], 1, classes), new int[] {1});
    var loss = CrossEntropy.builder().classWeights(weights).labelSmoothing(0.5).build();
    double[] gradient = new double[classes];
    var to = Matrix.of(gradient, 1, classes);
    assertEquals(0, loss.lossAndGradient(batch.allowed(allowed), to));
    assertArrayEquals(new double[classes], gradient);
  }

  private static void assertNan(RowLoss loss, Batch batch, int classes) {
    double[] gradient = new double[classes];
    assertTrue(Double.isNaN(loss.lossAndGradient(batch, Matrix.of(gradient, 1, classes))));
    assertTrue(Arrays.stream(gradient).allMatch(Double::isNaN), Arrays.toString(gradient));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void aLabelThatIsNotAllowedIsImpossible(int classes) {
    double[] gradient = new double[classes];
    long[] allowed = new long[(classes + 63) / 64];
    allowed[0] = 2;
    var batch = Batch.of(Matrix.of(new double[classes], 1, classes), new int[] {0});
    double loss =
        CrossEntropy.builder()
            .build()
            .lossAndGradient(batch.allowed(allowed), Matrix.of(gradient, 1, classes));
    assertEquals(Double.POSITIVE_INFINITY, loss);
    assertEquals(0, gradient[0]);
    assertEquals(1, gradient[1]);
    allowed[0] = 0;
    loss = CrossEntropy.builder().build().loss(batch.allowed(allowed));
    assertTrue(Double.isNaN(loss), "no class is allowed");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 5000})
  void theGradientMayTakeThePlaceOfTheLogits(int classes) {
    for (int options : new int[] {16, 32, 48 + 128, 128, 256, 1023 - 4}) {
      var c = normal(classes).with(options);
      double[] apart = new double[3 * classes];
      double[] logits = c.logits.clone();
      c.loss().lossAndGradient(c.batch(c.matrixF64(logits), null), c.matrixF64(apart));
      var inPlace = c.matrixF64(logits);
      c.loss().lossAndGradient(c.batch(inPlace, null), inPlace);
      assertArrayEquals(apart, logits);
    }
  }
}
