package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.PointwiseCase.Regime;
import io.github.surprisal.PointwiseFormulas.Entry;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.SquaredError;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights of elements: at the ends of the range of double, and of either sign. */
class ElementWeightRulesTest {
  private static final int N = 40;

  static List<Entry> formulas() {
    return PointwiseFormulas.ALL;
  }

  private static double[] filled(double value) {
    double[] values = new double[N];
    Arrays.fill(values, value);
    return values;
  }

  private static double[] evaluate(
      PointwiseCase c, Reduction reduction, double[] weights, double upstream, boolean floats) {
    var gradient = PointwiseCase.matrix(new double[N], floats);
    var elements = c.elements(floats).upstream(upstream);
    elements = weights == null ? elements : elements.weights(weights);
    double value = c.loss(reduction).lossAndGradient(elements, gradient);
    double[] results =
        Arrays.copyOf(
            floats ? RowFunctionCase.toDoubles(gradient.floats()) : gradient.doubles(), N + 1);
    results[N] = value;
    return results;
  }

  private static void assertClose(double[] expected, double[] actual, boolean floats) {
    for (int i = 0; i <= N; i++) {
      double bound = Math.abs(expected[i]) * (floats ? 4e-7 : 1e-15);
      double least = floats ? 1e-43 : 1e-320;
      assertEquals(expected[i], actual[i], Math.max(bound, least), "result " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void aWeightedMeanCancelsTheSizeOfWeights(Entry entry) {
    var mean = Reduction.mean(Denominator.WEIGHTS);
    var c = new PointwiseCase(entry, Regime.NORMAL, N, 7);
    for (boolean floats : new boolean[] {true, false}) {
      double[] expected = evaluate(c, mean, null, 1, floats);
      for (double size : new double[] {1e-310, 1e-100, 1e-40, 1e39, 1e100, 1.7e308, -1e-40}) {
        assertClose(expected, evaluate(c, mean, filled(size), 1, floats), floats);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void upstreamDenominatorAndWeightsCombineInDouble(Entry entry) {
    var c = new PointwiseCase(entry, Regime.NORMAL, N, 8);
    for (boolean floats : new boolean[] {true, false}) {
      double[] expected = evaluate(c, Reduction.SUM, null, 1, floats);
      double loss = expected[N];
      for (double size : new double[] {0x1p-1000, 0x1p-140, 0x1p140, 0x1p1000}) {
        double[] actual = evaluate(c, Reduction.meanOver(size), null, size, floats);
        expected[N] = loss / size;
        assertClose(expected, actual, floats);
        actual = evaluate(c, Reduction.meanOver(size), filled(size), 1, floats);
        expected[N] = loss;
        assertClose(expected, actual, floats);
        actual = evaluate(c, Reduction.SUM, filled(size), 1 / size, floats);
        expected[N] = loss * size;
        assertClose(expected, actual, floats);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void aNegativeWeightTurnsTheSigns(Entry entry) {
    var c = new PointwiseCase(entry, Regime.NORMAL, N, 9);
    for (boolean floats : new boolean[] {true, false}) {
      double[] plain = evaluate(c, Reduction.SUM, filled(1), 1, floats);
      double[] turned = evaluate(c, Reduction.SUM, filled(-1), 1, floats);
      for (int i = 0; i <= N; i++) {
        assertEquals(0 - plain[i], 0 + turned[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lossesAndHessiansAreThoseOfTheirWeights(boolean floats) {
    var loss = PointwiseLoss.builder(new SquaredError()).build();
    double[] losses = new double[4];
    double[] weights = {1e39, 1e-50, -3, 0};
    var elements =
        Elements.of(
            PointwiseCase.matrix(new double[] {2, 2, 2, Double.NaN}, floats),
            PointwiseCase.matrix(new double[4], floats));
    double mean = loss.loss(elements.weights(weights).losses(losses));
    assertArrayEquals(new double[] {4 * 1e39, 4 * 1e-50, -12, 0}, losses);
    assertEquals(4, mean);
    var hessian = PointwiseCase.matrix(new double[4], floats);
    var gradient = PointwiseCase.matrix(new double[4], floats);
    double[] small = {1e-30, 1e-50, -3, 0};
    loss.gradientAndHessian(elements.weights(small), gradient, hessian);
    double second = floats ? hessian.floats()[0] : hessian.doubles()[0];
    assertEquals(floats ? (float) 2e-30 : 2e-30, second);
    second = floats ? hessian.floats()[2] : hessian.doubles()[2];
    assertEquals(-6, second);
  }

  @Test
  void aLargePositiveWeightLeavesOtherLossesAlone() {
    var loss = PointwiseLoss.builder(new BinaryCrossEntropyWithLogits(1e39, 0)).build();
    double[] losses = new double[2];
    float[] gradient = new float[2];
    var elements = Elements.of(new float[] {0, 0}, new float[] {0, 1}).losses(losses);
    loss.lossAndGradient(elements.weights(new double[] {1, 1e-39}), Matrix.of(gradient, 1, 2));
    assertEquals(Math.log(2), losses[0], 1e-7);
    assertEquals(Math.log(2), losses[1], 1e-7);
    assertArrayEquals(new float[] {0.25f, -0.25f}, gradient, 1e-7f);
  }

  @Test
  void aMeanOverADenominatorOfZeroDividesAsWritten() {
    for (boolean floats : new boolean[] {true, false}) {
      var predictions = PointwiseCase.matrix(new double[] {1, 2, Double.NaN, 0}, floats);
      var elements = Elements.of(predictions, PointwiseCase.matrix(new double[4], floats));
      var gradient = PointwiseCase.matrix(new double[4], floats);
      var loss = PointwiseLoss.builder(new SquaredError()).build();
      double mean = loss.lossAndGradient(elements.weights(new double[] {1, -2, 0, 1}), gradient);
      assertEquals(Double.NEGATIVE_INFINITY, mean);
      double[] actual = floats ? RowFunctionCase.toDoubles(gradient.floats()) : gradient.doubles();
      double infinity = Double.POSITIVE_INFINITY;
      assertArrayEquals(new double[] {infinity, -infinity, 0, Double.NaN}, actual);
      assertEquals(0, loss.lossAndGradient(elements.weights(new double[4]), gradient));
      actual = floats ? RowFunctionCase.toDoubles(gradient.floats()) : gradient.doubles();
      assertArrayEquals(new double[4], actual);
      assertTrue(Double.isNaN(loss.loss(elements.weights(new double[] {Double.NaN, 1, 0, 1}))));
    }
  }
}
