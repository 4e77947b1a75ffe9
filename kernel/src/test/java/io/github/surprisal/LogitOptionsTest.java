package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.reference.Precision;
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
}
