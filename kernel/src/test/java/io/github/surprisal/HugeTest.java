package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.SquaredError;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.LogCumSumExp;
import io.github.surprisal.rows.LogSoftmax;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.RowFunction;
import io.github.surprisal.rows.Softmax;
import io.github.surprisal.rows.Sparsemax;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The longest array that there is. Takes 18 GB. */
@Tag("exhaustive")
@Isolated
class HugeTest {
  private static final int LENGTH = Integer.MAX_VALUE - 2;

  /** Two arrays, for all tests; some write the first in place. */
  private static float[] values;

  private static float[] others;

  @BeforeAll
  static void allocate() {
    values = new float[LENGTH];
    others = new float[LENGTH];
  }

  @AfterAll
  static void release() {
    values = null;
    others = null;
  }

  @BeforeEach
  void fill() {
    Arrays.fill(values, 0);
    Arrays.fill(others, 0);
    values[LENGTH - 1] = 3;
    values[LENGTH - 2] = 3;
  }

  @Test
  void elements() {
    var loss = PointwiseLoss.builder(new SquaredError()).reduction(Reduction.SUM).build();
    assertEquals(18, loss.lossAndGradient(values, others, values));
    assertEquals(6, values[LENGTH - 1]);
    assertEquals(0, values[LENGTH - 3]);
  }

  @Test
  void maskedElementsInColumns() {
    var p = Matrix.of(values, 0, LENGTH, 1, 1, 1);
    var elements = Elements.of(p, Matrix.of(others, LENGTH, 1));
    String message =
        assertThrows(IllegalArgumentException.class, () -> elements.mask(new long[1])).getMessage();
    assertEquals(
        "mask.length = 1, expected at least 33554432 words for 2147483645 elements", message);
    long[] bits = new long[33554432];
    bits[33554431] = 1L << 60;
    var sum = new LossSum();
    PointwiseLoss.builder(new SquaredError()).build().loss(elements.mask(bits).sum(sum));
    assertEquals(1, sum.rowsKept());
    assertEquals(9, sum.sum());
  }

  @Test
  void crossEntropyOfOneRow() {
    double rest = LENGTH - 2 + 2 * Math.exp(3);
    double expected = Math.log(rest) - 3;
    int[] label = {LENGTH - 1};
    assertEquals(expected, CrossEntropy.builder().build().loss(values, label), 1e-4 * expected);
    var temperature = CrossEntropy.builder().temperature(2).labelSmoothing(0.5).build();
    assertTrue(Double.isFinite(temperature.loss(values, label)));
    var gradient = Matrix.of(others, 1, LENGTH);
    var batch = Batch.of(Matrix.of(values, 1, LENGTH), label);
    assertEquals(
        expected, CrossEntropy.builder().build().lossAndGradient(batch, gradient), 1e-4 * expected);
    assertEquals(1 / rest, others[LENGTH - 3], 1e-4 / rest);
    assertEquals(Math.exp(3) / rest - 1, others[LENGTH - 1], 1e-6);
    assertEquals(Math.exp(3) / rest, others[LENGTH - 2], 1e-3 / rest);
  }

  @Test
  void otherLossesOfOneRow() {
    int[] label = {LENGTH - 1};
    assertEquals(3, CrammerSinger.builder().margin(3).build().loss(values, label));
    assertEquals(
        1.0 / LENGTH, MultiMargin.builder().margin(1).build().loss(values, label), 1e-4 / LENGTH);
    double[] sparse = {SparsemaxLoss.builder().build().lossAndGradient(values, label, others)};
    assertEquals(0.25, sparse[0], 1e-6);
    assertEquals(-0.5, others[LENGTH - 1]);
    assertEquals(0.5, others[LENGTH - 2]);
  }

  @Test
  void functionsOfOneRow() {
    double rest = LENGTH - 2 + 2 * Math.exp(3);
    for (RowFunction f : RowFunctionRulesTest.ALL) {
      f.forward(values, LENGTH, others);
      double last = others[LENGTH - 1];
      double expected =
          switch (f) {
            case Softmax s -> Math.exp(3) / rest;
            case LogSoftmax s -> 3 - Math.log(rest);
            case LogCumSumExp s -> Math.log(rest);
            case Sparsemax s -> 0.5;
          };
      assertEquals(expected, last, 1e-4 * Math.abs(expected), f.toString());
      f.backward(others, values, LENGTH, others);
      assertTrue(Float.isFinite(others[LENGTH - 1]) || f instanceof LogCumSumExp, f.toString());
    }
    float[] result = new float[1];
    LogSumExp.builder().build().forward(values, result);
    assertEquals(Math.log(rest), result[0], 1e-3);
  }

  @Test
  void rowsOfOneClass() {
    var batch =
        Batch.of(Matrix.of(values, 0, LENGTH / 2, 2, 2, 1))
            .teacher(Matrix.of(others, 0, LENGTH / 2, 2, 2, 1));
    var sum = new LossSum();
    Distillation.builder().build().loss(batch.sum(sum));
    assertEquals(LENGTH / 2, sum.rowsKept());
    assertTrue(sum.sum() > 0);
  }
}
