package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not change a row's bits: the other rows of its batch. What must hold of any row. */
class InvarianceTest {
  private static final CrossEntropy NONE =
      CrossEntropy.builder().reduction(Reduction.NONE).labelSmoothing(0.1).build();

  private static final List<Distillation.Builder> DIVERGENCES =
      List.of(
          Distillation.forwardKl(),
          Distillation.reverseKl(),
          Distillation.jensenShannon(0.3),
          Distillation.totalVariation());

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 32, 33, 100, 1000, 2048, 2049, 3000, 5000})
  void aRowAloneHasTheBitsItHasInABatch(int classes) {
    int rows = classes < 64 ? 70 : 5;
    var c = new CrossEntropyCase(classes, Regime.NORMAL, rows, classes);
    float[] logits = CrossEntropyCase.toFloats(c.logits);
    float[] together = new float[logits.length];
    double[] losses = new double[rows];
    NONE.lossAndGradient(
        Batch.of(Matrix.of(logits, rows, classes), c.labels).losses(losses),
        Matrix.of(together, rows, classes));
    for (int row = 0; row < rows; row++) {
      float[] x = Arrays.copyOfRange(logits, row * classes, (row + 1) * classes);
      float[] alone = new float[classes];
      assertEquals(losses[row], NONE.lossAndGradient(x, new int[] {c.labels[row]}, alone));
      assertArrayEquals(
          Arrays.copyOfRange(together, row * classes, (row + 1) * classes), alone, "row " + row);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 33, 100, 1000, 2048, 2049, 3000, 4096, 5000})
  void aDistilledRowAloneHasTheBitsItHasInABatch(int classes) {
    int rows = classes < 64 ? 70 : 5;
    float[] x =
        CrossEntropyCase.toFloats(new CrossEntropyCase(1, Regime.NORMAL, rows, classes).logits);
    float[] t =
        CrossEntropyCase.toFloats(new CrossEntropyCase(2, Regime.NORMAL, rows, classes).logits);
    for (var builder : DIVERGENCES) {
      var loss = builder.reduction(Reduction.NONE).build();
      float[] together = new float[x.length];
      double[] losses = new double[rows];
      var batch = Batch.of(Matrix.of(x, rows, classes)).teacher(Matrix.of(t, rows, classes));
      loss.lossAndGradient(batch.losses(losses), Matrix.of(together, rows, classes));
      for (int row = 0; row < rows; row++) {
        int from = row * classes;
        int to = from + classes;
        var student = Matrix.of(Arrays.copyOfRange(x, from, to), 1, classes);
        var teacher = Matrix.of(Arrays.copyOfRange(t, from, to), 1, classes);
        float[] alone = new float[classes];
        double value =
            loss.lossAndGradient(Batch.of(student).teacher(teacher), Matrix.of(alone, 1, classes));
        assertTrue(Double.isFinite(value), "row " + row);
        assertEquals(losses[row], value, "row " + row);
        assertArrayEquals(Arrays.copyOfRange(together, from, to), alone, "row " + row);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 33, 1000, 5000})
  void lossAloneIsTheLossBesideTheGradient(int classes) {
    var c = new CrossEntropyCase(classes, Regime.NORMAL, 3, classes);
    double loss = NONE.loss(c.logits, c.labels);
    assertEquals(loss, NONE.lossAndGradient(c.logits, c.labels, new double[3 * classes]));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 33, 1000, 5000})
  void theGradientOfARowSumsToZero(int classes) {
    var c = new CrossEntropyCase(classes, Regime.NORMAL, 1, classes);
    double[] gradient = new double[classes];
    NONE.lossAndGradient(c.logits, c.labels, gradient);
    // Two unit masses cancel: each of the terms is off by some ulps of at most 1.
    assertEquals(0, Arrays.stream(gradient).sum(), 64 * Math.ulp(1.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 33, 1000, 5000})
  void aPowerOfTwoAddedToAllLogitsChangesAlmostNothing(int classes) {
    var c = new CrossEntropyCase(classes, Regime.SIGNED_ZERO, 1, classes);
    double[] moved = Arrays.stream(c.logits).map(x -> x + 4096).toArray();
    assertEquals(NONE.loss(c.logits, c.labels), NONE.loss(moved, c.labels), 1e-14);
  }
}
