package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.GaussianNll;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.SquaredError;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.RowFunction;
import io.github.surprisal.rows.RowStatistics;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scratch memory outlives a call, but keeps no array of the caller's from being collected. */
class ForgottenArraysTest {
  private static final int ROWS = 4;
  private static final int CLASSES = 3;

  private final List<Object> given = new ArrayList<>();
  private final Workspace workspace = new Workspace();
  private boolean floats;

  @BeforeEach
  void reset() {
    given.clear();
  }

  private <T> T give(T array) {
    given.add(array);
    return array;
  }

  private Matrix matrix(int rows, int columns) {
    return floats
        ? Matrix.of(give(new float[rows * columns]), rows, columns)
        : Matrix.of(give(new double[rows * columns]), rows, columns);
  }

  private void assertForgotten() throws IllegalAccessException {
    Set<Object> kept = Reachable.from(workspace);
    for (Object array : given) {
      String name = array.getClass().getSimpleName();
      assertFalse(kept.contains(array), () -> name + ", the " + given.indexOf(array) + "th");
    }
    assertTrue(kept.size() > 30, "scratch is there");
  }

  private Batch everything(Batch batch) {
    var statistics =
        RowStatistics.none()
            .logSumExp(give(new double[ROWS]))
            .entropy(give(new double[ROWS]))
            .labelProbability(give(new double[ROWS]))
            .correct(give(new boolean[ROWS]));
    return rows(batch).statistics(statistics).allowed(give(new long[] {7}));
  }

  private Batch rows(Batch batch) {
    return batch
        .mask(give(new boolean[] {true, true, false, true}))
        .weights(give(new double[] {1, 2, 3, 4}))
        .upstream(give(new float[ROWS]))
        .losses(give(new double[ROWS]))
        .workspace(workspace);
  }

  @Test
  void ofRows() throws IllegalAccessException {
    for (boolean ofFloats : new boolean[] {true, false}) {
      floats = ofFloats;
      var loss =
          CrossEntropy.builder()
              .classWeights(1, 2, 3)
              .labelSmoothing(0.1)
              .reduction(Reduction.NONE)
              .build();
      var logits = matrix(ROWS, CLASSES);
      var labels = give(new int[ROWS]);
      loss.gradientAndHessian(
          everything(Batch.of(logits, labels)), matrix(ROWS, CLASSES), matrix(ROWS, CLASSES));
      assertForgotten();
      var targets = Batch.of(logits, matrix(ROWS, CLASSES)).labels(labels);
      loss.lossAndGradient(everything(targets), matrix(ROWS, CLASSES));
      assertForgotten();
      labels[3] = CLASSES;
      assertThrows(
          IllegalArgumentException.class,
          () -> loss.loss(everything(Batch.of(logits, labels))),
          "a label that is no class");
      assertForgotten();
    }
  }

  @Test
  void ofTeachers() throws IllegalAccessException {
    for (boolean ofFloats : new boolean[] {true, false}) {
      floats = ofFloats;
      var loss = Distillation.builder().reduction(Reduction.NONE).build();
      var batch = rows(Batch.of(matrix(ROWS, CLASSES)));
      loss.lossAndGradient(batch.teacher(matrix(ROWS, CLASSES)), matrix(ROWS, CLASSES));
      assertForgotten();
      int[] indices = give(new int[] {0, 1, 2, 2});
      loss.lossAndGradient(batch.teacher(indices, matrix(ROWS, 1)), matrix(ROWS, CLASSES));
      assertForgotten();
    }
  }

  @Test
  void ofScoresAndFunctions() throws IllegalAccessException {
    for (boolean ofFloats : new boolean[] {true, false}) {
      floats = ofFloats;
      for (var scores : List.of(MultiMargin.builder().build(), SparsemaxLoss.builder().build())) {
        var batch = Batch.of(matrix(ROWS, CLASSES), give(new int[ROWS])).workspace(workspace);
        scores.lossAndGradient(batch, matrix(ROWS, CLASSES));
        assertForgotten();
      }
      for (RowFunction f : RowFunctionRulesTest.ALL) {
        f.forward(matrix(ROWS, CLASSES), matrix(ROWS, CLASSES), workspace);
        f.backward(matrix(ROWS, CLASSES), matrix(ROWS, CLASSES), matrix(ROWS, CLASSES), workspace);
        assertForgotten();
      }
      var f = LogSumExp.builder().build();
      f.forward(matrix(ROWS, CLASSES), give(new double[ROWS]), workspace);
      f.backward(matrix(ROWS, CLASSES), give(new double[ROWS]), matrix(ROWS, CLASSES), workspace);
      assertForgotten();
    }
  }

  @Test
  void ofElements() throws IllegalAccessException {
    for (boolean ofFloats : new boolean[] {true, false}) {
      floats = ofFloats;
      int n = ROWS * CLASSES;
      var elements =
          Elements.of(matrix(ROWS, CLASSES), matrix(ROWS, CLASSES))
              .weights(give(new double[n]))
              .rowWeights(give(new float[ROWS]))
              .upstream(give(new double[n]))
              .losses(give(new double[n]))
              .workspace(workspace);
      var gaussian = PointwiseLoss.builder(new GaussianNll()).reduction(Reduction.NONE).build();
      gaussian.lossAndGradients(
          elements.parameter(matrix(ROWS, CLASSES)).mask(give(new boolean[n])),
          matrix(ROWS, CLASSES),
          matrix(ROWS, CLASSES));
      assertForgotten();
      PointwiseLoss.builder(new SquaredError())
          .reduction(Reduction.NONE)
          .build()
          .gradientAndHessian(
              elements.mask(give(new long[1])), matrix(ROWS, CLASSES), matrix(ROWS, CLASSES));
      assertForgotten();
    }
  }

  @Test
  void ofColumns() throws IllegalAccessException {
    for (boolean ofFloats : new boolean[] {true, false}) {
      floats = ofFloats;
      var loss = Distillation.builder().divergence(new Divergence.ReverseKl()).build();
      var columns =
          floats
              ? Matrix.columnMajor(give(new float[ROWS * CLASSES]), ROWS, CLASSES)
              : Matrix.columnMajor(give(new double[ROWS * CLASSES]), ROWS, CLASSES);
      loss.lossAndGradient(
          Batch.of(columns).teacher(matrix(ROWS, CLASSES)).workspace(workspace), columns);
      var probabilities = Batch.of(columns, matrix(ROWS, CLASSES)).workspace(workspace);
      CrossEntropy.builder()
          .build()
          .gradientAndHessian(probabilities, matrix(ROWS, CLASSES), matrix(ROWS, CLASSES));
      assertForgotten();
    }
  }
}
