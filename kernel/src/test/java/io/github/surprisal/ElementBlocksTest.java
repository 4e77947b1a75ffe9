package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.GaussianNll;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.SquaredError;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done again for each block of 2048 elements, in elements of more than one block. */
class ElementBlocksTest {
  private static final int N = 4998;

  private static double[] random(long seed, double least, double most) {
    return new SplittableRandom(seed).doubles(N, least, most).toArray();
  }

  private static Matrix matrix(double[] values, boolean floats) {
    return PointwiseCase.matrix(values, floats);
  }

  private static double[] numbers(Matrix matrix) {
    return matrix.floats() == null ? matrix.doubles() : RowFunctionCase.toDoubles(matrix.floats());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothGradientsAreDividedByADenominatorOfZero(boolean floats) {
    double[] weights = new double[N];
    for (int i = 0; i < N; i++) {
      weights[i] = i % 3 - 1;
    }
    var elements =
        Elements.of(matrix(random(1, 1, 2), floats), matrix(random(2, 3, 4), floats))
            .parameter(matrix(random(3, 0.5, 0.7), floats))
            .weights(weights);
    Matrix[] sums = {matrix(new double[N], floats), matrix(new double[N], floats)};
    Matrix[] means = {matrix(new double[N], floats), matrix(new double[N], floats)};
    PointwiseLoss.builder(new GaussianNll())
        .reduction(Reduction.SUM)
        .build()
        .lossAndGradients(elements, sums[0], sums[1]);
    PointwiseLoss.builder(new GaussianNll())
        .reduction(Reduction.mean(Denominator.WEIGHTS))
        .build()
        .lossAndGradients(elements, means[0], means[1]);
    for (int k = 0; k < 2; k++) {
      double[] expected = numbers(sums[k]);
      for (int i = 0; i < N; i++) {
        expected[i] = weights[i] == 0 ? 0 : expected[i] / 0.0;
      }
      assertArrayEquals(expected, numbers(means[k]));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWeightedMeanCancelsTheSizeOfManyWeights(boolean floats) {
    double[] weights = random(4, 0.1, 1);
    double[] large = Arrays.stream(weights).map(w -> 0x1p1020 * w).toArray();
    var elements = Elements.of(matrix(random(5, -3, 3), floats), matrix(random(6, -3, 3), floats));
    var loss = PointwiseLoss.builder(new SquaredError()).build();
    var expected = matrix(new double[N], floats);
    var actual = matrix(new double[N], floats);
    double mean = loss.lossAndGradient(elements.weights(weights), expected);
    assertEquals(
        mean, loss.lossAndGradient(elements.weights(large), actual), floats ? 1e-6 : 1e-14);
    assertArrayEquals(numbers(expected), numbers(actual), floats ? 1e-9 : 1e-17);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyElementHasItsOwnFactor(boolean floats) {
    double[] weights = new double[N];
    double[] upstream = new double[N];
    double[] exact = new double[N];
    double[] predictions = random(7, 1, 2);
    for (int i = 0; i < N; i++) {
      int exponent = i % 7 * 15 - 45;
      weights[i] = Math.scalb(1.0 + i, exponent);
      upstream[i] = Math.scalb(i % 11 == 0 ? 0 : 1.0 + i % 5, -exponent + 2);
      predictions[i] = (float) predictions[i];
      exact[i] = 2 * predictions[i] * (weights[i] * upstream[i]);
    }
    var elements =
        Elements.of(matrix(predictions, floats), matrix(new double[N], floats))
            .weights(weights)
            .upstream(upstream);
    var gradient = matrix(new double[N], floats);
    PointwiseLoss.builder(new SquaredError())
        .reduction(Reduction.NONE)
        .build()
        .lossAndGradient(elements, gradient);
    double[] actual = numbers(gradient);
    for (int i = 0; i < N; i++) {
      assertEquals(exact[i], actual[i], exact[i] * (floats ? 2e-7 : 4e-16), "" + i);
    }
  }

  /** The weight over the denominator underflows, or overflows; the factor does neither. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void factorsAreFormedWithoutLeavingTheRange(boolean floats) {
    for (double size : new double[] {0x1p-550, 0x1p550}) {
      double[] numbers = {3, -5};
      var gradient = matrix(new double[2], floats);
      var elements =
          Elements.of(matrix(numbers, floats), matrix(new double[2], floats))
              .weights(new double[] {size, size})
              .upstream(size < 1 ? 0x1p1010 : 0x1p-1010);
      PointwiseLoss.builder(new SquaredError())
          .reduction(Reduction.meanOver(1 / size))
          .build()
          .lossAndGradient(elements, gradient);
      double scale = size < 1 ? 0x1p-90 : 0x1p90;
      assertArrayEquals(new double[] {6 * scale, -10 * scale}, numbers(gradient));
    }
  }
}
