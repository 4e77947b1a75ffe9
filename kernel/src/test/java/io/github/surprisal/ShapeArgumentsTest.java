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
import io.github.surprisal.rows.LabelLoss;
import io.github.surprisal.rows.RowFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every array and matrix of every call has the shape and type of the first, in both types. */
class ShapeArgumentsTest {
  private static final Matrix TWO = Matrix.of(new float[6], 2, 3);
  private static final Matrix THREE = Matrix.of(new float[6], 3, 2);
  private static final Matrix DOUBLES = Matrix.of(new double[6], 2, 3);
  private static final Matrix NONE = Matrix.of(new float[0], 2, 0);

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static String shape(String name, String like) {
    return name + " = " + THREE + ", expected the shape of " + like + " = " + TWO;
  }

  @Test
  void matricesOfFunctions() {
    for (RowFunction f : RowFunctionRulesTest.ALL) {
      refused(shape("y", "x"), () -> f.forward(TWO, THREE));
      refused(shape("upstream", "saved"), () -> f.backward(TWO, THREE, TWO));
      refused(shape("gradient", "saved"), () -> f.backward(TWO, TWO, THREE));
      refused(
          "y = " + DOUBLES + ", expected the element type of x = " + TWO,
          () -> f.forward(TWO, DOUBLES));
      refused("classes = 0, expected at least 1", () -> f.forward(NONE, NONE));
      refused("classes = 0, expected at least 1", () -> f.backward(NONE, NONE, NONE));
    }
  }

  @Test
  void arraysOfFunctions() {
    for (RowFunction f : RowFunctionRulesTest.ALL) {
      String y = "y.length = 3, expected x.length = 4";
      refused(y, () -> f.forward(new float[4], 2, new float[3]));
      refused(y, () -> f.forward(new double[4], 2, new double[3]));
      String upstream = "upstream.length = 2, expected saved.length = 4";
      refused(upstream, () -> f.backward(new float[4], new float[2], 2, new float[4]));
      refused(upstream, () -> f.backward(new double[4], new double[2], 2, new double[4]));
      String gradient = "gradient.length = 2, expected saved.length = 4";
      refused(gradient, () -> f.backward(new float[4], new float[4], 2, new float[2]));
      refused(gradient, () -> f.backward(new double[4], new double[4], 2, new double[2]));
    }
  }

  @Test
  void ofLosses() {
    for (EveryRowLoss each : EveryRowLoss.list()) {
      var loss = each.loss(Reduction.MEAN);
      var batch = each.batch(0, 4);
      var like = batch.logits();
      refused(
          "gradient = " + THREE + ", expected the shape of logits = " + like,
          () -> loss.lossAndGradient(batch, THREE));
      String length = "gradient.length = 5, expected logits.length = 6";
      if (loss instanceof LabelLoss labels) {
        refused(length, () -> labels.lossAndGradient(new float[6], new int[2], new float[5]));
        refused(length, () -> labels.lossAndGradient(new double[6], new int[2], new double[5]));
        refused("labels = null, expected labels or probabilities", () -> loss.loss(Batch.of(like)));
      }
    }
  }

  @Test
  void ofElements() {
    var loss = PointwiseLoss.builder(new GaussianNll()).build();
    var elements = Elements.of(TWO, TWO).parameter(TWO);
    refused(shape("gradient", "predictions"), () -> loss.lossAndGradient(elements, THREE));
    refused(
        shape("parameterGradient", "predictions"),
        () -> loss.lossAndGradients(elements, Matrix.of(new float[6], 2, 3), THREE));
    refused(
        shape("hessian", "predictions"),
        () -> loss.gradientAndHessian(elements, Matrix.of(new float[6], 2, 3), THREE));
    var plain = PointwiseLoss.builder(new Huber()).build();
    String gradient = "gradient.length = 5, expected predictions.length = 6";
    refused(gradient, () -> plain.lossAndGradient(new float[6], new float[6], new float[5]));
    refused(gradient, () -> plain.lossAndGradient(new double[6], new double[6], new double[5]));
    String targets = "targets.length = 5, expected predictions.length = 6";
    refused(targets, () -> plain.loss(new float[6], new float[5]));
    refused(targets, () -> plain.loss(new double[6], new double[5]));
  }

  /** Arrays of both types, with and without a gradient, give the same number. */
  @Test
  void shortFormsOfElements() {
    var loss = PointwiseLoss.builder(new SquaredError()).build();
    float[] gradient = new float[2];
    double[] gradientF64 = new double[2];
    float[] p = {1, 3};
    double[] pF64 = {1, 3};
    assertEquals(5, loss.loss(p, new float[2]));
    assertEquals(5, loss.loss(pF64, new double[2]));
    assertEquals(5, loss.lossAndGradient(p, new float[2], gradient));
    assertEquals(5, loss.lossAndGradient(pF64, new double[2], gradientF64));
    assertArrayEquals(new float[] {1, 3}, gradient);
    assertArrayEquals(new double[] {1, 3}, gradientF64);
    assertEquals(5, loss.lossAndGradient(Elements.of(p, new float[2]), Matrix.of(gradient, 1, 2)));
  }
}
