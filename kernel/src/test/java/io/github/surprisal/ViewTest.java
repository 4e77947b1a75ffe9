package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.reference.Divergence;
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.NegativeLogLikelihood;
import io.github.surprisal.rows.RowFunction;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.Softmax;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However the rows of a matrix lie in an array, results have the bits of dense rows. */
class ViewTest {
  private static final int[] CLASSES = {1, 3, 33, 700, 2049, 5000};
  private static final boolean[] TYPES = {true, false};

  private static final List<RowLoss> LOSSES =
      List.of(
          SoftmaxFocal.builder().build(),
          NegativeLogLikelihood.builder().build(),
          MultiMargin.builder().build(),
          CrammerSinger.builder().build(),
          SparsemaxLoss.builder().build());

  /** Another order than that of the inputs, for what is written. */
  private static View other(View view) {
    return View.values()[(view.ordinal() + 2) % View.values().length];
  }

  private static int rows(int classes) {
    return classes < 100 ? 300 : 6;
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void crossEntropy(View view) {
    for (int classes : CLASSES) {
      for (int options : new int[] {0, 2 + 8 + 64, 4 + 8 + 16, 1 + 256, 32}) {
        var c = new CrossEntropyCase(classes, Regime.NORMAL, rows(classes), classes).with(options);
        for (boolean floats : TYPES) {
          check(c, c.loss(), view, floats);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void secondDerivatives(View view) {
    for (int classes : new int[] {1, 3, 700, 2049}) {
      var c = new CrossEntropyCase(classes, Regime.NORMAL, rows(classes), classes).with(8);
      for (var convention : HessianConvention.values()) {
        var loss = CrossEntropy.builder().hessianConvention(convention).build();
        for (boolean floats : TYPES) {
          var gradient = View.DENSE.matrix(c.rows, c.classes, floats);
          var hessian = View.DENSE.matrix(c.rows, c.classes, floats);
          var dense = c.batch(View.DENSE.matrix(c.logits, c.rows, floats), null);
          double sum = loss.gradientAndHessian(dense, gradient, hessian);
          var slopes = view.matrix(c.logits, c.rows, floats);
          var curvatures = other(view).matrix(c.rows, c.classes, floats);
          assertEquals(sum, loss.gradientAndHessian(c.batch(slopes, null), slopes, curvatures));
          assertArrayEquals(View.elements(gradient), View.elements(slopes));
          assertArrayEquals(View.elements(hessian), View.elements(curvatures), c + " " + loss);
          assertTrue(View.othersKept(slopes) && View.othersKept(curvatures));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void otherLosses(View view) {
    for (int classes : CLASSES) {
      var c = new CrossEntropyCase(1, Regime.NORMAL, rows(classes), classes).with(8);
      for (RowLoss loss : LOSSES) {
        check(c, loss, view, true);
        check(c, loss, view, false);
      }
    }
  }

  private static void check(CrossEntropyCase c, RowLoss loss, View view, boolean floats) {
    var gradient = View.DENSE.matrix(c.rows, c.classes, floats);
    var probabilities = c.probabilities;
    var dense =
        c.batch(
            View.DENSE.matrix(c.logits, c.rows, floats),
            probabilities == null ? null : View.DENSE.matrix(probabilities, c.rows, floats));
    double value = loss.lossAndGradient(dense, gradient);
    var logits = view.matrix(c.logits, c.rows, floats);
    var q = probabilities == null ? null : other(view).matrix(probabilities, c.rows, floats);
    var batch = c.batch(logits, q);
    for (View to : new View[] {View.DENSE, view, other(view)}) {
      var written = to.matrix(c.rows, c.classes, floats);
      assertEquals(value, loss.lossAndGradient(batch, written), () -> loss + " " + c);
      assertArrayEquals(View.elements(gradient), View.elements(written), c + " " + to);
      assertTrue(View.othersKept(written));
    }
    assertEquals(value, loss.loss(batch));
    assertEquals(value, loss.lossAndGradient(batch, logits));
    assertArrayEquals(View.elements(gradient), View.elements(logits));
    assertTrue(View.othersKept(logits));
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void teachers(View view) {
    for (Divergence divergence : DistillationCase.DIVERGENCES) {
      for (int classes : CLASSES) {
        for (int options : new int[] {0, 1 + 4 + 8, 32 + 4, 16 + 4}) {
          int rows = rows(classes);
          var regime = DistillationCase.Regime.NORMAL;
          var c = new DistillationCase(3, divergence, regime, rows, classes).with(options);
          for (boolean floats : TYPES) {
            check(c, view, floats);
          }
        }
      }
    }
  }

  private static void check(DistillationCase c, View view, boolean floats) {
    var loss = c.loss();
    var gradient = View.DENSE.matrix(c.rows, c.classes, floats);
    double value = loss.lossAndGradient(c.batch(floats), gradient);
    var batch = c.batch(view.matrix(c.logits, c.rows, floats), floats);
    var teacher = other(view).matrix(c.top == 0 ? c.teacher : c.probabilities, c.rows, floats);
    batch = c.top == 0 ? batch.teacher(teacher) : batch.teacher(c.indices, teacher);
    var written = other(other(view)).matrix(c.rows, c.classes, floats);
    assertEquals(value, loss.lossAndGradient(batch, written), c::toString);
    assertArrayEquals(View.elements(gradient), View.elements(written), c.toString());
    assertTrue(View.othersKept(written));
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void functions(View view) {
    for (int classes : CLASSES) {
      var c = new RowFunctionCase(1, Regime.NORMAL, rows(classes), classes);
      for (boolean floats : TYPES) {
        for (RowFunction f : RowFunctionRulesTest.ALL) {
          check(c, f, view, floats);
        }
        checkLogSumExp(c, view, floats);
      }
    }
  }

  private static void check(RowFunctionCase c, RowFunction f, View view, boolean floats) {
    var x = View.DENSE.matrix(c.x, c.rows, floats);
    var u = View.DENSE.matrix(c.upstream, c.rows, floats);
    var y = View.DENSE.matrix(c.rows, c.classes, floats);
    var gradient = View.DENSE.matrix(c.rows, c.classes, floats);
    f.forward(x, y);
    f.backward(y, u, gradient);
    var written = other(view).matrix(c.rows, c.classes, floats);
    f.forward(view.matrix(c.x, c.rows, floats), written);
    assertArrayEquals(View.elements(y), View.elements(written));
    assertTrue(View.othersKept(written));
    var inPlace = view.matrix(c.upstream, c.rows, floats);
    f.backward(written, inPlace, inPlace);
    assertArrayEquals(View.elements(gradient), View.elements(inPlace));
    assertTrue(View.othersKept(inPlace));
  }

  private static void checkLogSumExp(RowFunctionCase c, View view, boolean floats) {
    var f = LogSumExp.builder().build();
    double[] results = new double[c.rows];
    double[] others = new double[c.rows];
    var dense = View.DENSE.matrix(c.x, c.rows, floats);
    f.forward(dense, results);
    var x = view.matrix(c.x, c.rows, floats);
    f.forward(x, others);
    assertArrayEquals(results, others);
    f.backward(dense, results, dense);
    f.backward(x, results, x);
    assertArrayEquals(View.elements(dense), View.elements(x));
    assertTrue(View.othersKept(x));
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void elements(View view) {
    for (var entry : PointwiseFormulas.ALL) {
      for (int columns : new int[] {1, 2, 7, 1050}) {
        for (boolean floats : TYPES) {
          check(entry, view, columns, floats);
        }
      }
    }
  }

  private static void check(PointwiseFormulas.Entry entry, View view, int columns, boolean floats) {
    int rows = columns == 1 ? 2100 : 6;
    var c = new PointwiseCase(entry, PointwiseCase.Regime.NORMAL, rows * columns, 1).weighted();
    var loss = c.loss();
    var dense = Stream.generate(() -> View.DENSE.matrix(rows, columns, floats)).limit(3).toList();
    var seen =
        Stream.of(view, other(view), view).map(v -> v.matrix(rows, columns, floats)).toList();
    double value = evaluate(c, loss, rows, View.DENSE, View.DENSE, floats, dense);
    assertEquals(value, evaluate(c, loss, rows, view, other(view), floats, seen), entry::toString);
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(View.elements(dense.get(i)), View.elements(seen.get(i)), entry.toString());
      assertTrue(View.othersKept(seen.get(i)));
    }
  }

  private static double evaluate(
      PointwiseCase c,
      PointwiseLoss loss,
      int rows,
      View predictions,
      View further,
      boolean floats,
      List<Matrix> written) {
    var p = predictions.matrix(c.predictions, rows, floats);
    var elements = Elements.of(p, further.matrix(c.targets, rows, floats));
    if (c.parameter != null) {
      elements = elements.parameter(further.matrix(c.parameter, rows, floats));
    }
    elements = elements.weights(c.weights).mask(c.mask);
    loss.gradientAndHessian(elements, written.get(0), written.get(1));
    return c.parameter == null
        ? loss.lossAndGradient(elements, written.get(2))
        : loss.lossAndGradients(elements, written.get(2), written.get(1));
  }

  @Test
  void imagesAreReadPixelByPixel() {
    // [2 images, 3 classes, 2 pixels]
    float[] x = {1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60};
    float[] y = new float[12];
    float[] expected = new float[12];
    var f = Softmax.builder().build();
    f.forward(new float[] {1, 3, 5, 2, 4, 6, 10, 30, 50, 20, 40, 60}, 3, expected);
    f.forward(Matrix.channelsFirst(x, 2, 3, 2), Matrix.of(y, 4, 3));
    assertArrayEquals(expected, y);
    double[] z = new double[0];
    f.forward(Matrix.channelsFirst(z, 0, 3, 2), Matrix.channelsFirst(z, 0, 3, 2));
  }
}
