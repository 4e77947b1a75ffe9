package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.GaussianNll;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.SquaredError;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.RowFunction;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.RowStatistics;
import io.github.surprisal.rows.SlidingWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every output of a call lies apart from everything else of it, but for the input that it may
 * replace; what shares an array without sharing an element is apart.
 */
class SharedMemoryTest {
  private static final int ROWS = 4;

  /** Of one column, so that an array of one number a row is as long as a matrix. */
  private static final double[] VALUES = {3, 1, 2, 0.5};

  /** A call with arrays of names; the first may be replaced by the output "gradient". */
  private static void check(
      List<String> inputs, List<String> outputs, List<String> inPlace, Consumer<double[][]> call) {
    var names = new ArrayList<>(inputs);
    names.addAll(outputs);
    call.accept(arrays(names.size()));
    for (int out = inputs.size(); out < names.size(); out++) {
      for (int other = 0; other < out; other++) {
        double[][] arrays = arrays(names.size());
        arrays[out] = arrays[other];
        String output = names.get(out);
        String shared = names.get(other);
        if (inPlace.contains(shared + " by " + output)) {
          call.accept(arrays);
          continue;
        }
        double[] before = arrays[out].clone();
        var refused =
            assertThrows(
                IllegalArgumentException.class,
                () -> call.accept(arrays),
                () -> output + " in " + shared);
        String message = refused.getMessage().replaceAll(" = Matrix\\[[^]]*\\]", "");
        assertEquals(
            output + " overlaps " + shared + ", expected memory apart",
            message.replace("the same or none", "memory apart"));
        assertArrayEquals(before, arrays[out]);
      }
    }
  }

  private static double[][] arrays(int n) {
    double[][] arrays = new double[n][];
    for (int i = 0; i < n; i++) {
      arrays[i] = VALUES.clone();
    }
    return arrays;
  }

  private static Matrix column(double[] values) {
    return Matrix.of(values, ROWS, 1);
  }

  @Test
  void elements() {
    var inputs =
        List.of("predictions", "targets", "parameter", "weights", "upstream", "rowWeights");
    var loss = PointwiseLoss.builder(new GaussianNll()).reduction(Reduction.NONE).build();
    check(
        inputs,
        List.of("losses", "gradient", "parameterGradient"),
        List.of("predictions by gradient", "parameter by parameterGradient"),
        a -> loss.lossAndGradients(elements(a), column(a[7]), column(a[8])));
    check(
        inputs,
        List.of("losses", "gradient", "hessian"),
        List.of("predictions by gradient"),
        a -> loss.gradientAndHessian(elements(a), column(a[7]), column(a[8])));
    check(inputs, List.of("losses"), List.of(), a -> loss.loss(elements(a)));
    var plain = PointwiseLoss.builder(new SquaredError()).build();
    check(
        List.of("predictions", "targets"),
        List.of("gradient"),
        List.of("predictions by gradient"),
        a -> plain.lossAndGradient(a[0], a[1], a[2]));
  }

  private static Elements elements(double[][] a) {
    return Elements.of(column(a[0]), column(a[1]))
        .parameter(column(a[2]))
        .weights(a[3])
        .upstream(a[4])
        .rowWeights(a[5])
        .losses(a[6]);
  }

  @Test
  void rows() {
    var loss = CrossEntropy.builder().reduction(Reduction.NONE).build();
    var inputs = List.of("logits", "probabilities", "weights", "upstream");
    var outputs = List.of("losses", "logSumExp", "entropy", "labelProbability");
    check(inputs, outputs, List.of(), a -> loss.loss(batch(a)));
    outputs = new ArrayList<>(outputs);
    outputs.addAll(List.of("gradient", "hessian"));
    check(
        inputs,
        outputs,
        List.of("logits by gradient"),
        a -> loss.gradientAndHessian(batch(a), column(a[8]), column(a[9])));
    check(
        inputs,
        outputs.subList(0, 5),
        List.of("logits by gradient"),
        a -> loss.lossAndGradient(batch(a), column(a[8])));
  }

  private static Batch batch(double[][] a) {
    var statistics = RowStatistics.none().logSumExp(a[5]).entropy(a[6]).labelProbability(a[7]);
    return Batch.of(column(a[0]), column(a[1]))
        .labels(new int[ROWS])
        .weights(a[2])
        .upstream(a[3])
        .losses(a[4])
        .statistics(statistics);
  }

  @Test
  void teachersAndFlags() {
    var loss = Distillation.builder().build();
    check(
        List.of("logits", "teacher"),
        List.of("losses", "gradient"),
        List.of("logits by gradient"),
        a ->
            loss.lossAndGradient(
                Batch.of(column(a[0])).teacher(column(a[1])).losses(a[2]), column(a[3])));
    int[] tokens = new int[9];
    var windows = SlidingWindows.of(9, 4, 2);
    assertEquals(
        "labels overlaps tokens, expected memory apart",
        assertThrows(IllegalArgumentException.class, () -> windows.labels(0, tokens, -100, tokens))
            .getMessage());
    boolean[] flags = {true, true, true, true};
    var batch = Batch.of(column(VALUES), new int[ROWS]).mask(flags);
    var shared = batch.statistics(RowStatistics.none().correct(flags));
    assertEquals(
        "correct overlaps mask, expected memory apart",
        assertThrows(
                IllegalArgumentException.class, () -> CrossEntropy.builder().build().loss(shared))
            .getMessage());
  }

  @Test
  void functions() {
    for (RowFunction f : RowFunctionRulesTest.ALL) {
      check(
          List.of("x"),
          List.of("y"),
          List.of("x by y"),
          a -> f.forward(column(a[0]), column(a[1])));
      check(
          List.of("saved", "upstream"),
          List.of("gradient"),
          List.of("saved by gradient", "upstream by gradient"),
          a -> f.backward(column(a[0]), column(a[1]), column(a[2])));
    }
    var f = LogSumExp.builder().build();
    check(List.of("logits"), List.of("results"), List.of(), a -> f.forward(column(a[0]), a[1]));
    check(List.of("logits"), List.of("results"), List.of(), a -> f.forward(a[0], a[1]));
    check(
        List.of("logits", "upstream"),
        List.of("gradient"),
        List.of("logits by gradient"),
        a -> f.backward(column(a[0]), a[1], column(a[2])));
    check(
        List.of("logits", "upstream"),
        List.of("gradient"),
        List.of("logits by gradient"),
        a -> f.backward(a[0], a[1], a[2]));
  }

  @Test
  void interleavedViewsAreApart() {
    for (int columns : new int[] {1, 5, 40, 2500}) {
      int rows = 7;
      var c = new CrossEntropyCase(1, CrossEntropyCase.Regime.NORMAL, rows, columns);
      double[] shared = new double[4 * rows * columns];
      for (int i = 0; i < rows * columns; i++) {
        int at = i / columns * 4 * columns + i % columns;
        shared[at] = c.logits[i];
        shared[at + columns] = 0.3;
      }
      Matrix[] views = new Matrix[4];
      for (int i = 0; i < 4; i++) {
        views[i] = Matrix.of(shared, i * columns, rows, columns, 4 * columns);
      }
      Matrix[] dense = new Matrix[4];
      for (int i = 0; i < 4; i++) {
        dense[i] = View.DENSE.matrix(View.elements(views[i]), rows, false);
      }
      var loss = CrossEntropy.builder().build();
      loss.gradientAndHessian(Batch.of(dense[0], dense[1]), dense[2], dense[3]);
      loss.gradientAndHessian(Batch.of(views[0], views[1]), views[2], views[3]);
      compare(dense, views);
      Distillation.builder()
          .divergence(new Divergence.JensenShannon(0.5))
          .build()
          .lossAndGradient(Batch.of(dense[0]).teacher(dense[1]), dense[2]);
      Distillation.builder()
          .divergence(new Divergence.JensenShannon(0.5))
          .build()
          .lossAndGradient(Batch.of(views[0]).teacher(views[1]), views[2]);
      compare(dense, views);
      var pointwise = PointwiseLoss.builder(new Huber()).build();
      pointwise.gradientAndHessian(Elements.of(dense[0], dense[1]), dense[2], dense[3]);
      pointwise.gradientAndHessian(Elements.of(views[0], views[1]), views[2], views[3]);
      compare(dense, views);
      for (RowFunction f : RowFunctionRulesTest.ALL) {
        f.forward(dense[0], dense[3]);
        f.forward(views[0], views[3]);
        f.backward(dense[0], dense[1], dense[2]);
        f.backward(views[0], views[1], views[2]);
        compare(dense, views);
      }
      for (RowLoss other : ScoreLossRulesTest.ALL) {
        other.lossAndGradient(Batch.of(dense[0], c.labels), dense[2]);
        other.lossAndGradient(Batch.of(views[0], c.labels), views[2]);
        compare(dense, views);
      }
    }
  }

  private static void compare(Matrix[] dense, Matrix[] views) {
    for (int i = 0; i < dense.length; i++) {
      assertArrayEquals(View.elements(dense[i]), View.elements(views[i]));
    }
  }
}
