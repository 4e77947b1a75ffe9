package io.github.surprisal;

import static io.github.surprisal.Reduction.NONE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.GeneralizedCrossEntropy;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.PolyLoss;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not change a row's bits: the other rows of its batch. What must hold of any row. */
class InvarianceTest {
  private static final CrossEntropy SMOOTHED =
      CrossEntropy.builder().reduction(NONE).labelSmoothing(0.1).build();

  private static final List<RowLoss> DIVERGENCES =
      List.of(
          Distillation.builder().reduction(NONE).build(),
          Distillation.builder().temperature(2).teacherTemperature(1.5).reduction(NONE).build(),
          Distillation.builder().divergence(new Divergence.ReverseKl()).reduction(NONE).build(),
          Distillation.builder()
              .divergence(new Divergence.JensenShannon(0.3))
              .reduction(NONE)
              .build(),
          Distillation.builder()
              .divergence(new Divergence.TotalVariation())
              .reduction(NONE)
              .build());

  private static final List<RowLoss> OF_LABELS =
      List.of(
          CrossEntropy.builder().reduction(NONE).build(),
          CrossEntropy.builder().labelSmoothing(0.1).reduction(NONE).build(),
          CrossEntropy.builder().temperature(1.7).reduction(NONE).build(),
          CrossEntropy.builder().softcap(30).zLoss(1e-4).reduction(NONE).build(),
          CrossEntropy.builder().zLoss(1e-4).entropyWeight(0.1).reduction(NONE).build(),
          SoftmaxFocal.builder().gamma(1.5).reduction(NONE).build(),
          PolyLoss.builder().reduction(NONE).build(),
          GeneralizedCrossEntropy.builder().reduction(NONE).build(),
          MultiMargin.builder().reduction(NONE).build(),
          CrammerSinger.builder().reduction(NONE).build(),
          SparsemaxLoss.builder().reduction(NONE).build(),
          Distillation.builder().hardWeight(0.5).reduction(NONE).build(),
          Distillation.builder().temperature(2).hardWeight(0.5).reduction(NONE).build());

  /** More rows than a group holds; of each other one the teacher is near the student. */
  @ParameterizedTest
  @CsvSource({
    "1, 300",
    "3, 300",
    "10, 300",
    "16, 300",
    "17, 150",
    "32, 150",
    "33, 180",
    "100, 90",
    "255, 40",
    "256, 40",
    "1000, 10",
    "2048, 5",
    "2049, 5",
    "3000, 5",
    "4096, 5",
    "5000, 5"
  })
  void aRowAloneHasTheBitsItHasInABatch(int classes, int rows) {
    var c = new CrossEntropyCase(1, Regime.NORMAL, rows, classes);
    float[] x = CrossEntropyCase.toFloats(c.logits);
    float[] t =
        CrossEntropyCase.toFloats(new CrossEntropyCase(2, Regime.NORMAL, rows, classes).logits);
    for (int i = 0; i < x.length; i++) {
      t[i] = i / classes % 2 == 0 ? t[i] : x[i] + 0.01f * t[i];
    }
    for (var loss : OF_LABELS) {
      assertRowsStandAlone(loss, x, t, c.labels, rows);
    }
    for (var loss : DIVERGENCES) {
      assertRowsStandAlone(loss, x, t, null, rows);
    }
  }

  private static void assertRowsStandAlone(
      RowLoss loss, float[] x, float[] t, int[] labels, int rows) {
    int n = x.length / rows;
    float[] together = new float[x.length];
    double[] losses = new double[rows];
    double[] withoutGradient = new double[rows];
    var all = batch(loss, x, t, labels, rows);
    loss.lossAndGradient(all.losses(losses), Matrix.of(together, rows, n));
    loss.loss(all.losses(withoutGradient));
    assertArrayEquals(losses, withoutGradient, loss + ", loss alone");
    for (int row = 0; row < rows; row++) {
      int from = row * n;
      float[] logits = Arrays.copyOfRange(x, from, from + n);
      float[] teacher = Arrays.copyOfRange(t, from, from + n);
      int[] label = labels == null ? null : new int[] {labels[row]};
      float[] alone = new float[n];
      var batch = batch(loss, logits, teacher, label, 1);
      double value = loss.lossAndGradient(batch, Matrix.of(alone, 1, n));
      String message = loss + ", row " + row;
      assertTrue(Double.isFinite(value), message);
      assertEquals(losses[row], value, message);
      assertArrayEquals(Arrays.copyOfRange(together, from, from + n), alone, message);
    }
  }

  private static Batch batch(RowLoss loss, float[] x, float[] t, int[] labels, int rows) {
    var logits = Matrix.of(x, rows, x.length / rows);
    var batch = labels == null ? Batch.of(logits) : Batch.of(logits, labels);
    return loss instanceof Distillation
        ? batch.teacher(Matrix.of(t, rows, x.length / rows))
        : batch;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 33, 1000, 5000})
  void lossAloneIsTheLossBesideTheGradient(int classes) {
    var c = new CrossEntropyCase(classes, Regime.NORMAL, 3, classes);
    double loss = SMOOTHED.loss(c.logits, c.labels);
    assertEquals(loss, SMOOTHED.lossAndGradient(c.logits, c.labels, new double[3 * classes]));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 33, 1000, 5000})
  void theGradientOfARowSumsToZero(int classes) {
    var c = new CrossEntropyCase(classes, Regime.NORMAL, 1, classes);
    double[] gradient = new double[classes];
    SMOOTHED.lossAndGradient(c.logits, c.labels, gradient);
    // Two unit masses cancel: each of the terms is off by some ulps of at most 1.
    assertEquals(0, Arrays.stream(gradient).sum(), 64 * Math.ulp(1.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 33, 1000, 5000})
  void aPowerOfTwoAddedToAllLogitsChangesAlmostNothing(int classes) {
    var c = new CrossEntropyCase(classes, Regime.SIGNED_ZERO, 1, classes);
    double[] moved = Arrays.stream(c.logits).map(x -> x + 4096).toArray();
    assertEquals(SMOOTHED.loss(c.logits, c.labels), SMOOTHED.loss(moved, c.labels), 1e-14);
  }
}
