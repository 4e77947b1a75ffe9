package io.github.surprisal;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.NegativeLogLikelihood;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The special cases that the documentation lists, one test each, at every row layout. */
class RowLossRulesTest {
  private static final CrossEntropy PLAIN = CrossEntropy.builder().build();

  /** Rows of {@code classes} zeros; the first values of row 1 are given. */
  private static double[] rows(int rows, int classes, double... second) {
    double[] logits = new double[rows * classes];
    System.arraycopy(second, 0, logits, classes, second.length);
    return logits;
  }

  private static boolean allNaN(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).allMatch(Double::isNaN);
  }

  private static boolean allFinite(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).allMatch(Double::isFinite);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void nanReachesItsOwnRowOnly(int classes) {
    double[] gradient = new double[3 * classes];
    double[] losses = new double[3];
    double[] logits = rows(3, classes, 1, NaN);
    var batch = Batch.of(Matrix.of(logits, 3, classes), new int[3]).losses(losses);
    PLAIN.lossAndGradient(batch, Matrix.of(gradient, 3, classes));
    assertTrue(Double.isNaN(losses[1]) && allNaN(gradient, classes, 2 * classes));
    assertTrue(Double.isFinite(losses[0]) && Double.isFinite(losses[2]));
    assertTrue(allFinite(gradient, 0, classes) && allFinite(gradient, 2 * classes, 3 * classes));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void maskedRowsAreNotRead(int classes) {
    double[] logits = rows(4, classes, NaN, POSITIVE_INFINITY);
    Arrays.fill(logits, 0, classes, NaN);
    Arrays.fill(logits, 2 * classes, 3 * classes, NaN);
    double[] gradient = new double[4 * classes];
    Arrays.fill(gradient, 5);
    double[] losses = {5, 5, 5, 5};
    var sum = new LossSum();
    var batch =
        Batch.of(Matrix.of(logits, 4, classes), new int[] {-100, 1, 2, 0})
            .weights(new double[] {1, 0, 1, 1})
            .mask(new boolean[] {true, true, false, true})
            .losses(losses)
            .sum(sum);
    double mean = PLAIN.lossAndGradient(batch, Matrix.of(gradient, 4, classes));
    assertEquals(Math.log(classes), mean, 1e-12);
    double[] byBits = new double[4 * classes];
    batch = batch.mask(new long[] {0b1011});
    assertEquals(mean, PLAIN.lossAndGradient(batch, Matrix.of(byBits, 4, classes)));
    assertArrayEquals(gradient, byBits);
    assertArrayEquals(new double[] {0, 0, 0}, Arrays.copyOf(losses, 3));
    for (int i = 0; i < 3 * classes; i++) {
      assertEquals(0L, Double.doubleToRawLongBits(gradient[i]), "+0 at " + i);
    }
    assertEquals(2, sum.rowsKept());
    assertEquals(8, sum.rowsSeen());
  }

  @Test
  void anImpossibleClassCostsNothing() {
    double[] gradient = new double[3];
    double loss =
        PLAIN.lossAndGradient(new double[] {0, NEGATIVE_INFINITY, 0}, new int[] {0}, gradient);
    assertEquals(Math.log(2), loss, 1e-15);
    assertArrayEquals(new double[] {-0.5, 0, 0.5}, gradient, 1e-15);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void anImpossibleLabelIsInfiniteWithFiniteGradient(int classes) {
    double[] logits = new double[classes];
    logits[1] = NEGATIVE_INFINITY;
    double[] gradient = new double[classes];
    assertEquals(POSITIVE_INFINITY, PLAIN.lossAndGradient(logits, new int[] {1}, gradient));
    assertEquals(-1, gradient[1]);
    assertEquals(1.0 / (classes - 1), gradient[0], 1e-14);
  }

  @Test
  void smoothingOnAnImpossibleClassIsInfiniteWithFiniteGradient() {
    var smooth = CrossEntropy.builder().labelSmoothing(0.3).build();
    double[] gradient = new double[3];
    double[] logits = {0, NEGATIVE_INFINITY, 0};
    assertEquals(POSITIVE_INFINITY, smooth.lossAndGradient(logits, new int[] {0}, gradient));
    assertArrayEquals(new double[] {0.5 - 0.8, -0.1, 0.5 - 0.1}, gradient, 1e-15);
  }

  @Test
  void noMassOnAnImpossibleClassCostsNothing() {
    var logits = Matrix.of(new double[] {0, NEGATIVE_INFINITY, 0}, 1, 3);
    var probabilities = Matrix.of(new double[] {0.5, 0, 0.5}, 1, 3);
    assertEquals(Math.log(2), PLAIN.loss(Batch.of(logits, probabilities)), 1e-15);
  }

  @Test
  void aClassWeightOfZeroTimesInfinityIsZero() {
    var weighted = CrossEntropy.builder().classWeights(1, 0).reduction(Reduction.SUM).build();
    double[] logits = {0, NEGATIVE_INFINITY};
    assertEquals(0, weighted.loss(logits, new int[] {1}));
    var nll = NegativeLogLikelihood.builder().classWeights(1, 0).reduction(Reduction.SUM).build();
    assertEquals(0, nll.loss(logits, new int[] {1}));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void aRowWithoutAMaximumIsNaN(int classes) {
    double[] logits = new double[2 * classes];
    Arrays.fill(logits, 0, classes, NEGATIVE_INFINITY);
    logits[classes + 2] = POSITIVE_INFINITY;
    double[] gradient = new double[2 * classes];
    double[] losses = new double[2];
    var batch = Batch.of(Matrix.of(logits, 2, classes), new int[] {1, 2}).losses(losses);
    PLAIN.lossAndGradient(batch, Matrix.of(gradient, 2, classes));
    assertTrue(allNaN(losses, 0, 2));
    assertTrue(allNaN(gradient, 0, 2 * classes));
  }

  @Test
  void oneClassCostsNothing() {
    double[] gradient = new double[2];
    assertEquals(0, PLAIN.lossAndGradient(new double[] {7, -1e300}, new int[2], gradient));
    assertArrayEquals(new double[2], gradient);
  }

  @Test
  void aMeanOverNothingIsZero() {
    double[] gradient = {5, 5};
    assertEquals(0, PLAIN.lossAndGradient(new double[] {NaN, 1}, new int[] {-100}, gradient));
    assertArrayEquals(new double[2], gradient);
    assertEquals(0, PLAIN.loss(new float[0], new int[0]));
  }

  @Test
  void largeFiniteLogitsStayFinite() {
    float big = Float.MAX_VALUE / 4;
    float[] gradient = new float[2];
    var smooth = CrossEntropy.builder().labelSmoothing(0.5).build();
    double loss = smooth.lossAndGradient(new float[] {big, -big}, new int[] {1}, gradient);
    assertEquals(1.5 * big, loss, 1e-6 * big);
    assertArrayEquals(new float[] {0.75f, -0.75f}, gradient);
    double huge = Double.MAX_VALUE / 4;
    double[] many = new double[5000];
    Arrays.fill(many, 1, 5000, -huge);
    assertEquals(huge * 0.4999, smooth.loss(many, new int[] {0}), huge * 1e-12);
  }

  @Test
  void tinyLossesKeepTheirRelativeAccuracy() {
    float[] gradient = new float[2];
    double loss = PLAIN.lossAndGradient(new float[] {60, 0}, new int[] {0}, gradient);
    assertEquals(Math.exp(-60), loss, 1e-6 * Math.exp(-60));
    assertEquals(-Math.exp(-60), gradient[0], 1e-6 * Math.exp(-60));
  }

  @Test
  void nllReadsOnlyTheLabel() {
    double[] gradient = {5, 5, 5};
    var nll = NegativeLogLikelihood.builder().build();
    assertEquals(0.5, nll.lossAndGradient(new double[] {NaN, -0.5, NaN}, new int[] {1}, gradient));
    assertArrayEquals(new double[] {0, -1, 0}, gradient);
    double[] impossible = {NEGATIVE_INFINITY};
    assertEquals(POSITIVE_INFINITY, nll.lossAndGradient(impossible, new int[] {0}, new double[1]));
  }
}
