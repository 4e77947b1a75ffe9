package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.LabelLoss;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.NegativeLogLikelihood;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Matrices in column-major order give losses of rows the bits that rows give. */
class ColumnMajorTest {
  private static float[] columns(float[] rows, int classes) {
    float[] columns = new float[rows.length];
    int n = rows.length / classes;
    for (int i = 0; i < rows.length; i++) {
      columns[i % classes * n + i / classes] = rows[i];
    }
    return columns;
  }

  private static double[] columns(double[] rows, int classes) {
    double[] columns = new double[rows.length];
    int n = rows.length / classes;
    for (int i = 0; i < rows.length; i++) {
      columns[i % classes * n + i / classes] = rows[i];
    }
    return columns;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 100, 700, 1500, 2048})
  void gradientsAndHessiansHaveTheBitsOfRows(int classes) {
    int rows = classes < 100 ? 2500 : 7;
    for (var convention : HessianConvention.values()) {
      for (int options : new int[] {0, 2 + 8, 4 + 8, 1 + 4}) {
        var c = new CrossEntropyCase(classes, Regime.NORMAL, rows, classes).with(options);
        var builder =
            CrossEntropy.builder().labelSmoothing(c.smoothing).hessianConvention(convention);
        if (c.classWeights != null) {
          builder.classWeights(c.classWeights);
        }
        checkF32(c, builder.build());
        checkF64(c, builder.build());
      }
    }
  }

  private static void checkF32(CrossEntropyCase c, CrossEntropy loss) {
    int n = c.rows * c.classes;
    float[] gradient = new float[n];
    float[] hessian = new float[n];
    var q = c.probabilities == null ? null : c.matrixF32(c.probabilities);
    var byRows = c.batch(c.matrixF32(c.logits), q);
    float[] gradients = new float[n];
    float[] hessians = new float[n];
    float[] x = columns(c.matrixF32(c.logits).floats(), c.classes);
    var byColumns = c.batch(Matrix.columnMajor(x, c.rows, c.classes), q);
    var sum = new LossSum();
    var sums = new LossSum();
    double expected =
        loss.gradientAndHessian(
            byRows.sum(sum),
            Matrix.of(gradient, c.rows, c.classes),
            Matrix.of(hessian, c.rows, c.classes));
    double value =
        loss.gradientAndHessian(
            byColumns.sum(sums),
            Matrix.columnMajor(gradients, c.rows, c.classes),
            Matrix.columnMajor(hessians, c.rows, c.classes));
    assertEquals(expected, value);
    assertEquals(sum.negativeLogLikelihood(), sums.negativeLogLikelihood());
    assertEquals(sum.sum(), sums.sum());
    assertEquals(sum.rowsSeen(), sums.rowsSeen());
    assertArrayEquals(columns(gradient, c.classes), gradients);
    assertArrayEquals(columns(hessian, c.classes), hessians);
  }

  /** Probabilities too, and in place. */
  private static void checkF64(CrossEntropyCase c, CrossEntropy loss) {
    int n = c.rows * c.classes;
    double[] gradient = new double[n];
    double[] hessian = new double[n];
    var q = c.probabilities == null ? null : c.matrixF64(c.probabilities);
    double[] t = q == null ? null : columns(q.doubles(), c.classes);
    double expected =
        loss.gradientAndHessian(
            c.batch(c.matrixF64(c.logits), q),
            Matrix.of(gradient, c.rows, c.classes),
            Matrix.of(hessian, c.rows, c.classes));
    double[] hessians = new double[n];
    double[] x = columns(c.matrixF64(c.logits).doubles(), c.classes);
    var inPlace = Matrix.columnMajor(x, c.rows, c.classes);
    double value =
        loss.gradientAndHessian(
            c.batch(inPlace, t == null ? null : Matrix.columnMajor(t, c.rows, c.classes)),
            inPlace,
            Matrix.columnMajor(hessians, c.rows, c.classes));
    assertEquals(expected, value);
    assertArrayEquals(columns(gradient, c.classes), x);
    assertArrayEquals(columns(hessian, c.classes), hessians);
  }

  @Test
  void otherLossesOfRowsAndMixedOrders() {
    float[] x = new float[6000];
    int[] labels = new int[600];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (3 * Math.sin(i * i));
      labels[i / 10] = i / 10 % 11 == 10 ? -100 : i / 10 % 11;
    }
    for (LabelLoss loss :
        List.of(
            CrossEntropy.builder().build(),
            CrossEntropy.builder().softcap(2).zLoss(0.1).build(),
            SoftmaxFocal.builder().build(),
            NegativeLogLikelihood.builder().build(),
            MultiMargin.builder().build(),
            CrammerSinger.builder().build(),
            SparsemaxLoss.builder().build())) {
      float[] expected = new float[6000];
      float[] gradient = new float[6000];
      double value = loss.lossAndGradient(x, labels, expected);
      var logits = Matrix.columnMajor(columns(x, 10), 600, 10);
      var batch = Batch.of(logits, labels);
      assertEquals(value, loss.loss(batch));
      assertEquals(value, loss.lossAndGradient(batch, Matrix.of(gradient, 600, 10)));
      assertArrayEquals(expected, gradient);
      batch = Batch.of(Matrix.of(x, 600, 10), labels);
      loss.lossAndGradient(batch, Matrix.columnMajor(gradient, 600, 10));
      assertArrayEquals(columns(expected, 10), gradient);
    }
  }

  @Test
  void aMeanOverNothingIsNothing() {
    double[] gradient = new double[6];
    Arrays.fill(gradient, 5);
    var logits = Matrix.columnMajor(new double[6], 3, 2);
    var batch = Batch.of(logits, new int[] {-100, -100, -100});
    assertEquals(
        0,
        CrossEntropy.builder().build().lossAndGradient(batch, Matrix.columnMajor(gradient, 3, 2)));
    assertArrayEquals(new double[6], gradient);
  }
}
