package io.github.surprisal.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.HessianConvention;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.Workspace;
import org.junit.jupiter.api.Test;

/** Single options and outputs of losses of rows, of probabilities that are known. */
class RowLossTest {
  /** Logarithms of 1, 3 and 4, 2 and 2. */
  private static final double[] LOGITS = {0, Math.log(3), 0, Math.log(4), Math.log(2), Math.log(2)};

  private static Matrix matrix(double... values) {
    return Matrix.of(values, values.length / 3, 3);
  }

  @Test
  void statisticsAreWritten() {
    double[] logSums = new double[2];
    double[] entropies = new double[2];
    double[] probabilities = new double[2];
    boolean[] correct = new boolean[2];
    var statistics =
        RowStatistics.none()
            .logSumExp(logSums)
            .entropy(entropies)
            .labelProbability(probabilities)
            .correct(correct);
    CrossEntropy.builder()
        .build()
        .loss(Batch.of(matrix(LOGITS), new int[] {2, 0}).statistics(statistics));
    assertArrayEquals(new double[] {Math.log(5), Math.log(8)}, logSums, 1e-14);
    double h = Math.log(5) - 0.6 * Math.log(3);
    assertArrayEquals(new double[] {h, 1.5 * Math.log(2)}, entropies, 1e-14);
    assertArrayEquals(new double[] {0.2, 0.5}, probabilities, 1e-14);
    assertArrayEquals(new boolean[] {false, true}, correct);
  }

  @Test
  void secondDerivativesOfConventions() {
    // p (1 - p) of 1/2, 1/4, 1/4, times 1, 2 and 3/2; never the upstream factor.
    double[] factors = {1, 2, 1.5};
    HessianConvention[] conventions = {
      HessianConvention.EXACT, HessianConvention.XGBOOST, HessianConvention.LIGHTGBM
    };
    for (int i = 0; i < factors.length; i++) {
      var loss =
          CrossEntropy.builder()
              .reduction(Reduction.NONE)
              .hessianConvention(conventions[i])
              .build();
      double[] g = new double[3];
      double[] h = new double[3];
      var x = matrix(Math.log(4), Math.log(2), Math.log(2));
      var batch = Batch.of(x, new int[] {0}).upstream(new double[] {7});
      double sum = loss.gradientAndHessian(batch, matrix(g), matrix(h));
      assertEquals(Math.log(2), sum, 1e-15);
      assertArrayEquals(new double[] {-0.5, 0.25, 0.25}, g, 1e-15);
      double f = factors[i] / 16;
      assertArrayEquals(new double[] {4 * f, 3 * f, 3 * f}, h, 1e-15);
    }
  }

  @Test
  void onlySmoothingReadsAllClassWeights() {
    assertTrue(CrossEntropy.builder().labelSmoothing(0.1).build().weighsAllClasses());
    assertFalse(CrossEntropy.builder().build().weighsAllClasses());
    assertFalse(NegativeLogLikelihood.builder().build().weighsAllClasses());
    assertFalse(PolyLoss.builder().build().weighsAllClasses());
  }

  @Test
  void distillationOfLabelsAlone() {
    int[] labels = {2, 0};
    for (boolean floats : new boolean[] {false, true}) {
      float[] narrow = new float[6];
      for (int i = 0; i < 6; i++) {
        narrow[i] = (float) LOGITS[i];
      }
      var x = floats ? Matrix.of(narrow, 2, 3) : matrix(LOGITS);
      var teacher = floats ? Matrix.of(new float[6], 2, 3) : matrix(new double[6]);
      var loss = Distillation.builder().hardWeight(1).build();
      double expected = CrossEntropy.builder().build().loss(Batch.of(x, labels));
      assertEquals(expected, loss.loss(Batch.of(x, labels).teacher(teacher)));
      assertEquals((Math.log(5) + Math.log(2)) / 2, expected, 1e-6);
    }
  }

  @Test
  void distillationIsWeighedByTemperatureAndLabels() {
    // The student's distribution at temperature 2 is 1/2, 1/4, 1/4, the teacher's 1/4, 1/4, 1/2.
    var x = matrix(2 * Math.log(4), 2 * Math.log(2), 2 * Math.log(2));
    var teacher = matrix(2 * Math.log(2), 2 * Math.log(2), 2 * Math.log(4));
    double divergence = 0.25 * Math.log(2);
    double nll = Math.log(24 / 16.0);
    var batch = Batch.of(x, new int[] {0}).teacher(teacher);
    for (double h : new double[] {0, 0.25}) {
      for (boolean squared : new boolean[] {false, true}) {
        var loss =
            Distillation.builder()
                .temperature(2)
                .temperatureSquared(squared)
                .hardWeight(h)
                .reduction(Reduction.SUM)
                .build();
        double expected = h * nll + (1 - h) * (squared ? 4 : 1) * divergence;
        assertEquals(expected, loss.loss(batch), 1e-14);
        assertEquals(h > 0, loss.readsLabels());
      }
    }
  }

  @Test
  void negativeLogLikelihoodInAFreshWorkspace() {
    for (int call = 0; call < 2; call++) {
      var batch = Batch.of(matrix(-1, -2, -3), new int[] {1}).workspace(new Workspace());
      assertEquals(2, NegativeLogLikelihood.builder().build().loss(batch));
    }
  }

  @Test
  void functionsStateTheirBounds() {
    assertNotNull(Softmax.builder().build().bounds());
    assertNotNull(LogSoftmax.builder().build().bounds());
    assertNotNull(new Sparsemax().bounds());
    assertNotNull(new LogCumSumExp().bounds());
  }
}
