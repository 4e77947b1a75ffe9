package io.github.surprisal.pointwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.Bounds;
import io.github.surprisal.HessianConvention;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.formula.FormulaF64Twin;
import org.junit.jupiter.api.Test;

/** What calls of losses of elements return, and how their formulas are described. */
class PointwiseLossTest {
  private static Matrix matrix(double... values) {
    return Matrix.of(values, 1, values.length);
  }

  @Test
  void bothGradientsAndTheLoss() {
    var loss = PointwiseLoss.builder(new GaussianNll()).reduction(Reduction.SUM).build();
    var elements = Elements.of(matrix(3), matrix(1)).parameter(matrix(4));
    double[] g = new double[1];
    double[] ofVariance = new double[1];
    double value = loss.lossAndGradients(elements, matrix(g), matrix(ofVariance));
    // (log v + (p - t)^2 / v) / 2, (p - t) / v, (1 / v - (p - t)^2 / v^2) / 2
    assertEquals((Math.log(4) + 1) / 2, value, 1e-15);
    assertArrayEquals(new double[] {0.5}, g);
    assertArrayEquals(new double[] {0}, ofVariance);
  }

  @Test
  void secondDerivativesHaveNoUpstreamFactor() {
    var loss = PointwiseLoss.builder(new HalfSquaredError()).reduction(Reduction.NONE).build();
    double[] g = new double[2];
    double[] h = new double[2];
    var elements = Elements.of(matrix(3, 5), matrix(1, 1)).upstream(new double[] {7, 11});
    assertEquals(2 + 8, loss.gradientAndHessian(elements, matrix(g), matrix(h)));
    assertArrayEquals(new double[] {2, 4}, g);
    assertArrayEquals(new double[] {1, 1}, h);
  }

  /** A formula of doubles alone. */
  private record Doubles() implements Formula {
    @Override
    public io.github.surprisal.formula.FormulaF64 float64() {
      return new HalfSquaredError().float64();
    }

    @Override
    public FormulaF64Twin float64Twin() {
      return new HalfSquaredError().float64Twin();
    }
  }

  @Test
  void predictionsOfATypeWithoutAForm() {
    var loss = PointwiseLoss.builder(new Doubles()).reduction(Reduction.SUM).build();
    assertEquals(2, loss.loss(new double[] {3}, new double[] {1}));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> loss.loss(new float[] {3}, new float[] {1}));
    assertEquals(
        "predictions are float, expected a type that Doubles[] has a form for", e.getMessage());
  }

  @Test
  void formulasHaveEveryForm() {
    var loss = new HalfSquaredError();
    assertNotNull(loss.float32Twin());
    assertNotNull(loss.float64Twin());
    assertNotNull(loss.float32());
    assertNotNull(loss.float64());
    assertSame(loss, loss.hessianConvention(HessianConvention.EXACT));
  }

  @Test
  void formulasUnderAConventionAreLikeTheirOwn() {
    var loss = new BinaryCrossEntropyWithLogits(3, 0.1);
    var other = (BuiltInFormula) loss.hessianConvention(HessianConvention.XGBOOST);
    assertNotEquals(loss, other);
    assertEquals("posWeight", other.parameterName());
    assertArrayEquals(new double[] {3}, other.parameterValues());
    assertEquals(loss.bounds(), other.bounds());
    var gamma = new Gamma().hessianConvention(HessianConvention.XGBOOST_3_5);
    assertEquals(Bounds.ofElements(3, 2, 4), gamma.bounds());
    gamma = new Gamma().hessianConvention(HessianConvention.LIGHTGBM);
    assertEquals(new Gamma().bounds(), gamma.bounds());
  }

  @Test
  void parametersAreNamed() {
    assertEquals("scale", new LaplaceNll().parameterName());
    assertEquals("variance", new GaussianNll().parameterName());
  }

  @Test
  void logitsAreEqualWithEqualOptions() {
    var loss = new BinaryCrossEntropyWithLogits(new double[] {2, 3}, 0.25);
    assertEquals(loss, new BinaryCrossEntropyWithLogits(new double[] {2, 3}, 0.25));
    assertNotEquals(loss, new BinaryCrossEntropyWithLogits(new double[] {2, 4}, 0.25));
    assertNotEquals(loss, new BinaryCrossEntropyWithLogits(new double[] {2, 3}, 0.5));
    assertNotEquals(loss, "another class");
    // As records hash: 31 times the first component, plus the second.
    int expected = 31 * java.util.Arrays.hashCode(new double[] {2, 3}) + Double.hashCode(0.25);
    assertEquals(expected, loss.hashCode());
  }

  @Test
  void boundsWithAFactor() {
    var bounds = Bounds.ofElements(3, 5, 7);
    assertEquals(Bounds.ofElements(8, 12, 16), bounds.weighed(true));
    assertEquals(Bounds.ofElements(11, 15, 19), bounds.weighed(false));
    var ofRows = Bounds.ofRows(Bounds.ofSum(4), Bounds.ofSum(5));
    assertSame(ofRows, ofRows.weighed(true));
  }
}
