package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.formula.FormulaF32;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.PointwiseLoss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every error names the argument, the rule and the value, and nothing has been written. */
class PointwiseArgumentsTest {
  private static final PointwiseLoss LOSS = PointwiseLoss.builder(new Huber()).build();
  private static final Elements ELEMENTS = Elements.of(new float[6], new float[6]);

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void lengths() {
    refused(
        "targets.length = 5, expected predictions.length = 6",
        () -> LOSS.loss(new float[6], new float[5]));
    refused(
        "gradient.length = 5, expected predictions.length = 6",
        () -> LOSS.lossAndGradient(new double[6], new double[6], new double[5]));
    refused("weights.length = 5, expected one an element, 6", () -> ELEMENTS.weights(new float[5]));
    refused("mask.length = 5, expected one an element, 6", () -> ELEMENTS.mask(new boolean[5]));
    refused(
        "mask.length = 0, expected at least 1 words for 6 elements",
        () -> ELEMENTS.mask(new long[0]));
    refused("losses.length = 7, expected one an element, 6", () -> ELEMENTS.losses(new float[7]));
    refused(
        "upstream.length = 1, expected one an element, 6", () -> ELEMENTS.upstream(new float[1]));
    refused(
        "rowWeights.length = 6, expected one a row of the predictions, 1",
        () -> ELEMENTS.rowWeights(new float[6]));
    refused(
        "rowWeights.length = 6, expected one a row of the predictions, 1",
        () -> ELEMENTS.rowWeights(new double[6]));
  }

  @Test
  void shapesAndTypes() {
    var two = Matrix.of(new float[6], 2, 3);
    var three = Matrix.of(new float[6], 3, 2);
    var doubles = Matrix.of(new double[6], 2, 3);
    refused(
        "targets = " + three + ", expected the shape of predictions = " + two,
        () -> Elements.of(two, three));
    refused(
        "targets = " + doubles + ", expected the element type of predictions = " + two,
        () -> Elements.of(two, doubles));
    refused(
        "parameter = " + three + ", expected the shape of predictions = " + two,
        () -> Elements.of(two, two).parameter(three));
    refused(
        "gradient = " + three + ", expected the shape of predictions = " + two,
        () -> LOSS.lossAndGradient(Elements.of(two, two), three));
  }

  @Test
  void memory() {
    float[] shared = new float[20];
    var predictions = Matrix.of(shared, 0, 1, 6, 6);
    var targets = Matrix.of(shared, 6, 1, 6, 6);
    var elements = Elements.of(predictions, targets);
    var later = Matrix.of(shared, 1, 1, 6, 6);
    refused(
        "gradient = %s overlaps predictions = %s, expected the same or none"
            .formatted(later, predictions),
        () -> LOSS.lossAndGradient(elements, later));
    refused(
        "gradient = %s overlaps targets = %s, expected memory apart".formatted(targets, targets),
        () -> LOSS.lossAndGradient(elements, targets));
    float[] same = new float[6];
    refused(
        "gradient overlaps targets, expected memory apart",
        () -> LOSS.lossAndGradient(new float[6], same, same));
    float[] out = new float[6];
    var gradient = Matrix.of(out, 1, 6);
    refused(
        "gradient = " + gradient + " overlaps losses, expected memory apart",
        () -> LOSS.lossAndGradient(ELEMENTS.losses(out), gradient));
    refused(
        "hessian = %s overlaps gradient = %s, expected memory apart".formatted(gradient, gradient),
        () -> LOSS.gradientAndHessian(ELEMENTS, gradient, gradient));
  }

  @Test
  void options() {
    refused("delta = 0.0, expected 0 < delta < infinity", () -> new Huber(0));
    refused(
        "posWeight[1] = Infinity, expected a finite number",
        () -> new BinaryCrossEntropyWithLogits(new double[] {1, Double.POSITIVE_INFINITY}, 0));
    refused(
        "upstream is an array, expected a number under reduction MEAN",
        () -> LOSS.loss(ELEMENTS.upstream(new float[6])));
    var perClass = new BinaryCrossEntropyWithLogits(new double[] {1, 2, 3, 4}, 0);
    float[] gradient = {9, 9, 9, 9, 9, 9};
    refused(
        "posWeight.length = 4, expected a divisor of the number of elements, 6",
        () ->
            PointwiseLoss.builder(perClass)
                .build()
                .lossAndGradient(new float[6], new float[6], gradient));
    assertArrayEquals(new float[] {9, 9, 9, 9, 9, 9}, gradient);
    refused(
        "parameter is given, expected none for Huber[delta=1.0]",
        () -> LOSS.loss(ELEMENTS.parameter(new float[6])));
    refused(
        "hessianConvention = XGBOOST, expected a loss that it defines, not Huber[delta=1.0]",
        () -> PointwiseLoss.builder(new Huber()).hessianConvention(HessianConvention.XGBOOST));
  }

  /** Huber's formula in float32 alone, as a user may write one. */
  private record Float32Alone() implements Formula {
    @Override
    public FormulaF32 float32() {
      return new Huber().float32();
    }
  }

  @Test
  void typeWithoutForm() {
    var loss = PointwiseLoss.builder(new Float32Alone()).build();
    assertEquals(0, loss.loss(ELEMENTS));
    String message = "predictions are double, expected a type that Float32Alone[] has a form for";
    refused(message, () -> loss.loss(new double[1], new double[1]));
    refused(message, () -> loss.loss(Elements.of(new double[1], new double[1])));
  }
}
