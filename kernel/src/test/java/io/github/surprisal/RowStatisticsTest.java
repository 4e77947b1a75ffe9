package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.RowStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of each row beside its loss. */
class RowStatisticsTest {
  private static final Precision F64 = Precision.FLOAT64;

  @ParameterizedTest
  @EnumSource(Regime.class)
  void agreeWithTheOracle(Regime regime) {
    for (int classes : new int[] {1, 3, 20, 33, 100, 5000}) {
      for (int options : new int[] {0, 16, 32, 256, 512 + 256 + 128, 8}) {
        check(new CrossEntropyCase(classes, regime, 3, classes).with(options));
      }
    }
  }

  private static void check(CrossEntropyCase c) {
    double[] logSumExp = new double[c.rows];
    double[] entropy = new double[c.rows];
    double[] probability = new double[c.rows];
    boolean[] correct = new boolean[c.rows];
    var statistics =
        RowStatistics.none()
            .logSumExp(logSumExp)
            .entropy(entropy)
            .labelProbability(probability)
            .correct(correct);
    c.loss()
        .lossAndGradient(
            c.batch(c.matrixF64(c.logits), null).statistics(statistics),
            c.matrixF64(new double[c.rows * c.classes]));
    var expected = c.expected();
    double bound = c.loss().bounds().loss().of(c.classes);
    double[] probabilities = expected.labelProbability(F64);
    for (int row = 0; row < c.rows; row++) {
      int at = row;
      double h = expected.entropy(F64)[row];
      assertTrue(
          expected.logSumExpUlps(row, logSumExp[row], F64) <= bound,
          () -> c + " logSumExp " + logSumExp[at]);
      assertTrue(
          expected.entropyUlps(row, entropy[row], F64) <= bound || h < 1e-290,
          () -> c + " entropy " + entropy[at] + ", expected " + h);
      assertEquals(
          probabilities[row], probability[row], bound * Math.ulp(probabilities[row]) + 1e-300);
      assertEquals(expected.isCorrect(row), correct[row], () -> c + " correct, row " + at);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void theFirstOfEqualLogitsIsCorrect(int classes) {
    boolean[] correct = new boolean[3];
    double[] logits = new double[3 * classes];
    logits[2 * classes + 2] = Double.NaN;
    CrossEntropy.builder()
        .build()
        .loss(
            Batch.of(Matrix.of(logits, 3, classes), new int[] {0, 1, 0})
                .statistics(RowStatistics.none().correct(correct)));
    assertArrayEquals(new boolean[] {true, false, false}, correct);
  }

  @Test
  void aSoftcapDoesNotMakeLogitsEqual() {
    boolean[] correct = new boolean[1];
    CrossEntropy.builder()
        .softcap(1)
        .build()
        .loss(
            Batch.of(Matrix.of(new double[] {100, 200}, 1, 2), new int[] {0})
                .statistics(RowStatistics.none().correct(correct)));
    assertFalse(correct[0]);
  }

  @Test
  void arguments() {
    var batch = Batch.of(Matrix.of(new double[4], 2, 2), new int[2]);
    var three = RowStatistics.none().entropy(new double[3]);
    assertEquals(
        "entropy.length = 3, expected one a row, 2",
        assertThrows(IllegalArgumentException.class, () -> batch.statistics(three)).getMessage());
    assertEquals(
        "allowed.length = 3, expected 1, or 1 for each of 2 rows",
        assertThrows(IllegalArgumentException.class, () -> batch.allowed(new long[3]))
            .getMessage());
    double[] shared = new double[4];
    var two = Batch.of(Matrix.of(new double[4], 4, 1), new int[4]);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            CrossEntropy.builder()
                .build()
                .lossAndGradient(
                    two.statistics(RowStatistics.none().entropy(shared)), Matrix.of(shared, 4, 1)));
  }
}
