package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.SquaredError;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One weight a row of [samples, outputs] is that weight of each of its elements. */
class RowWeightsTest {
  private static final SquaredError FORMULA = new SquaredError();

  @Test
  void equalElementWeights() {
    var random = new SplittableRandom(1);
    int[][] shapes = {{5000, 1}, {700, 3}, {3, 2500}, {1, 10}, {2050, 2}};
    for (int[] shape : shapes) {
      int rows = shape[0];
      int columns = shape[1];
      int n = rows * columns;
      double[] p = random.doubles(n, -3, 3).toArray();
      double[] t = random.doubles(n, -3, 3).toArray();
      float[] perRow = CrossEntropyCase.toFloats(random.doubles(rows, 0.25, 4).toArray());
      perRow[rows / 3] = rows > 1 ? 0 : 2;
      double[] perElement = random.ints(n, 0, 4).asDoubleStream().toArray();
      double[] product = new double[n];
      double[] repeated = new double[n];
      boolean[] mask = new boolean[n];
      for (int i = 0; i < n; i++) {
        repeated[i] = perRow[i / columns];
        product[i] = repeated[i] * perElement[i];
        mask[i] = i % 5 > 0;
      }
      var elements = Elements.of(Matrix.of(p, rows, columns), Matrix.of(t, rows, columns));
      for (var reduction : new Reduction[] {Reduction.MEAN, Reduction.SUM}) {
        var loss = PointwiseLoss.builder(FORMULA).reduction(reduction).build();
        same(loss, elements.weights(repeated), elements.rowWeights(perRow));
        same(
            loss,
            elements.weights(product).mask(mask).upstream(3),
            elements
                .rowWeights(RowFunctionCase.toDoubles(perRow))
                .weights(perElement)
                .mask(mask)
                .upstream(3));
      }
    }
  }

  private static void same(PointwiseLoss loss, Elements expected, Elements actual) {
    int rows = expected.predictions().rows();
    int columns = expected.predictions().columns();
    double[][] outputs = new double[8][rows * columns];
    double[] values = new double[4];
    LossSum[] sums = {new LossSum(), new LossSum()};
    for (int i = 0; i < 2; i++) {
      var elements = (i == 0 ? expected : actual).losses(outputs[i]).sum(sums[i]);
      var gradient = Matrix.of(outputs[2 + i], rows, columns);
      values[i] = loss.lossAndGradient(elements, gradient);
      var first = Matrix.of(outputs[4 + i], rows, columns);
      values[2 + i] =
          loss.gradientAndHessian(elements, first, Matrix.of(outputs[6 + i], rows, columns));
    }
    assertEquals(values[0], values[1]);
    assertEquals(values[2], values[3]);
    for (int i = 0; i < 8; i += 2) {
      assertArrayEquals(outputs[i], outputs[i + 1]);
    }
    assertEquals(sums[0].toString(), sums[1].toString());
  }

  /** Products of the two weights that no double holds, as they are wherever they cancel. */
  @Test
  void productsOfAnySize() {
    for (double size : new double[] {0x1p-1000, 0x1p-600, 0x1p600, 0x1p1000, 1}) {
      double[] p = {3, 1, 2, 5};
      double[] rows = {size, 2 * size};
      double[] weights = {size, -size, 3 * size, 0};
      for (boolean floats : new boolean[] {true, false}) {
        var gradient = View.DENSE.matrix(2, 2, floats);
        double[] losses = new double[4];
        var sum = new LossSum();
        var elements =
            Elements.of(
                    View.DENSE.matrix(p, 2, floats), View.DENSE.matrix(new double[4], 2, floats))
                .rowWeights(rows)
                .weights(weights)
                .losses(losses)
                .sum(sum);
        var loss =
            PointwiseLoss.builder(FORMULA).reduction(Reduction.mean(Denominator.WEIGHTS)).build();
        assertEquals((9 - 1 + 6 * 4) / 6.0, loss.lossAndGradient(elements, gradient), 1e-14);
        assertEquals(3, sum.rowsKept());
        assertEquals(Math.scalb(9, 2 * Math.getExponent(size)), losses[0]);
        double[] expected = {1, -1 / 3.0, 4, 0};
        assertArrayEquals(expected, View.elements(gradient), 1e-6);
        double back = loss.lossAndGradient(elements.upstream(-2), gradient);
        assertEquals((9 - 1 + 6 * 4) / 6.0, back, 1e-14);
        assertEquals(-8, View.elements(gradient)[2], 1e-6);
      }
    }
  }

  @Test
  void aRowOfWeightZeroIsNotRead() {
    double[] p = {1, 2, Double.NaN, Double.POSITIVE_INFINITY, 5, 6};
    double[] gradient = new double[6];
    Arrays.fill(gradient, 9);
    var elements =
        Elements.of(Matrix.of(p, 3, 2), Matrix.of(new double[6], 3, 2))
            .weights(new double[] {1, 1, Double.NaN, 1, 1, 1})
            .rowWeights(new float[] {1, 0, 2});
    var sum = new LossSum();
    double mean =
        PointwiseLoss.builder(FORMULA)
            .build()
            .lossAndGradient(elements.sum(sum), Matrix.of(gradient, 3, 2));
    assertEquals((1 + 4 + 2 * 25 + 2 * 36) / 6.0, mean);
    assertArrayEquals(new double[] {2 / 6.0, 4 / 6.0, 0, 0, 20 / 6.0, 24 / 6.0}, gradient, 1e-15);
    assertEquals(4, sum.rowsKept());
  }

  @Test
  void notANumberReachesItsRowAndTheSum() {
    double[] gradient = new double[4];
    var elements =
        Elements.of(Matrix.of(new double[] {1, 2, 3, 4}, 2, 2), Matrix.of(new double[4], 2, 2))
            .rowWeights(new double[] {1, Double.NaN})
            .mask(new boolean[] {true, true, false, true});
    var loss = PointwiseLoss.builder(FORMULA).reduction(Reduction.SUM).build();
    assertTrue(Double.isNaN(loss.lossAndGradient(elements, Matrix.of(gradient, 2, 2))));
    assertArrayEquals(new double[] {2, 4, 0, Double.NaN}, gradient);
  }

  @Test
  void lengths() {
    var elements = Elements.of(Matrix.of(new double[6], 3, 2), Matrix.of(new double[6], 3, 2));
    assertEquals(
        "rowWeights.length = 6, expected one a row of the predictions, 3",
        assertThrows(IllegalArgumentException.class, () -> elements.rowWeights(new double[6]))
            .getMessage());
  }
}
