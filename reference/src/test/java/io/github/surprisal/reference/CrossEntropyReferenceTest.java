package io.github.surprisal.reference;

import static io.github.surprisal.reference.Precision.FLOAT32;
import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Published figures, the hardest cases, and what the arguments must be. */
class CrossEntropyReferenceTest {

  private static final CrossEntropyReference PLAIN =
      new CrossEntropyReference(RowOptions.DEFAULT, 0);

  /** Every introduction to log loss has these two. */
  @Test
  void costsTheKnownFigures() {
    RowBatch right = RowBatch.of(new double[] {Math.log(0.9), Math.log(0.1)}, 1, 2).withLabels(0);
    assertEquals(0.105, PLAIN.evaluate(right).loss(FLOAT64), 0.0005);
    assertEquals(2.303, PLAIN.evaluate(right.withLabels(1)).loss(FLOAT64), 0.0005);
  }

  @Test
  void uniformGuessOverTenHasPerplexityTen() {
    RowOptions options = RowOptions.DEFAULT.withClassWeights(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    LossResult<?> result =
        new CrossEntropyReference(options, 0.3)
            .evaluate(RowBatch.of(new double[40], 4, 10).withLabels(1, -100, 9, 0));
    assertEquals(10, result.perplexity(FLOAT64));
    assertEquals(Math.log(1000), result.labelNll(FLOAT64));
    assertEquals(3, result.rowsKept());
    assertEquals(2 + 10 + 1, result.sumOfWeights(FLOAT64));
  }

  /** PyTorch 2.13: same one-hot data and class weights, 1.3133 for labels, 3.9398 otherwise. */
  @Test
  void defaultDenominatorsArePyTorchs() {
    var loss = new CrossEntropyReference(RowOptions.DEFAULT.withClassWeights(1, 3), 0);
    RowBatch batch = RowBatch.of(new double[] {1, 0}, 1, 2);
    assertEquals(1.3133, loss.evaluate(batch.withLabels(1)).loss(FLOAT64), 5e-5);
    assertEquals(3.9398, loss.evaluate(batch.withProbabilities(0, 1)).loss(FLOAT64), 5e-5);
  }

  @Test
  void keepsTheDigitsOfATinyLoss() {
    LossResult<HundredDigits> result =
        PLAIN.evaluate(RowBatch.of(new double[] {700, 0}, 1, 2).withLabels(0), HundredDigits.of(1));
    HundredDigits expected =
        HundredDigits.parse("9.85967654375977085670537294784946510511560018140094171058647E-305");
    RelativeError.assertWithin(1e-58, result.exactLoss(), expected, "loss");
    // -p / (1 + p) next to -p, which is below 1e-304.
    RelativeError.assertWithin(1e-58, result.exactGradient(0), expected.negate(), "gradient");
    assertEquals(9.859676543759771e-305, result.loss(FLOAT64));
    assertEquals(0, result.loss(FLOAT32));
  }

  @Test
  void takesHugeLogits() {
    double huge = Double.MAX_VALUE / 4;
    for (double x : new double[] {1e30, huge}) {
      LossResult<?> result =
          PLAIN.evaluate(RowBatch.of(new double[] {x, 0, -x}, 1, 3).withLabels(2));
      assertEquals(2 * x, result.loss(FLOAT64));
      assertArrayEquals(new double[] {1, 0, -1}, result.gradient(FLOAT64));
    }
    // In float the loss overflows, in the exact value does not.
    RowBatch overflow = RowBatch.of(new double[] {3e38, -3e38}, 1, 2).withLabels(1);
    assertEquals(Double.POSITIVE_INFINITY, PLAIN.evaluate(overflow).loss(FLOAT32));
    assertEquals(6e38, PLAIN.evaluate(overflow).loss(FLOAT64));
  }

  @Test
  void largeInputsTakeDoubleDouble() {
    int classes = 200_000;
    LossResult<?> result =
        PLAIN.evaluate(RowBatch.of(new double[classes], 1, classes).withLabels(classes - 1));
    assertInstanceOf(DoubleDouble.class, result.exactLoss());
    assertEquals(Math.log(classes), result.loss(FLOAT64));
    double[] gradient = result.gradient(FLOAT64);
    assertEquals(1.0 / classes, gradient[0]);
    assertEquals(-(classes - 1.0) / classes, gradient[classes - 1]);
    RowBatch small = RowBatch.of(new double[500], 5, 100).withLabels(0, 1, 2, 3, 4);
    assertInstanceOf(HundredDigits.class, PLAIN.evaluate(small).exactLoss());
  }

  @Test
  void termsScaleTheErrorOfTheGradient() {
    RowBatch batch = RowBatch.of(new double[] {0, 0}, 1, 2).withLabels(0).withUpstream(-4);
    LossResult<?> result = PLAIN.evaluate(batch);
    // -4 (0.5 - 1) and -4 (0.5): the largest terms are 4 and 2.
    assertArrayEquals(new double[] {2, -2}, result.gradient(FLOAT64));
    assertArrayEquals(new double[] {4, 2}, result.gradientTerms(FLOAT64));
    assertEquals(1, result.gradientUlps(0, 2 + 4 * 0x1p-23, FLOAT32));
    assertEquals(1, result.gradientUlps(1, -2 - 2 * 0x1p-23, FLOAT32));
  }

  @Test
  void probabilitiesNeedNotSumToOne() {
    RowBatch batch = RowBatch.of(new double[] {0, 0}, 1, 2).withProbabilities(2, 1);
    assertEquals(3 * Math.log(2), PLAIN.evaluate(batch).loss(FLOAT64), 1e-15);
    assertArrayEquals(new double[] {-0.5, 0.5}, PLAIN.evaluate(batch).gradient(FLOAT64));
  }

  @Test
  void rejectsWhatCannotBeMeant() {
    RowBatch two = RowBatch.of(new double[20], 2, 10);
    assertRejects(
        "labels[1] = 12, expected 0 <= label < 10 or ignoreIndex -100",
        () -> two.withLabels(3, 12));
    assertRejects(
        "labels[0] = -1, expected 0 <= label < 10 or ignoreIndex -100",
        () -> two.withLabels(-1, 0));
    assertRejects("labels.length = 1, expected labels.length = 2", () -> two.withLabels(3));
    assertRejects(
        "upstream.length = 2, expected upstream.length = 1",
        () -> two.withLabels(3, 4).withUpstream(1, 2));
    assertRejects("labels = null, expected labels or probabilities", () -> two);
    assertRejects(
        "input.length = 20, expected input.length = 30", () -> RowBatch.of(new double[20], 3, 10));
    assertThrows(
        IllegalArgumentException.class, () -> new CrossEntropyReference(RowOptions.DEFAULT, 1.5));
    assertThrows(IllegalArgumentException.class, () -> Denominator.given(-1));
    var weighted = new CrossEntropyReference(RowOptions.DEFAULT.withClassWeights(1, 2), 0);
    assertThrows(IllegalArgumentException.class, () -> weighted.evaluate(two.withLabels(1, 1)));
  }

  private static void assertRejects(String message, java.util.function.Supplier<RowBatch> batch) {
    var thrown = assertThrows(IllegalArgumentException.class, () -> PLAIN.evaluate(batch.get()));
    assertEquals(message, thrown.getMessage());
  }

  @Test
  void optionsDoNotSeeLaterChangesOfAnArray() {
    double[] weights = {1, 2};
    RowOptions options = RowOptions.DEFAULT.withClassWeights(weights);
    Arrays.fill(weights, Double.NaN);
    RowBatch batch = RowBatch.of(new double[2], 1, 2).withLabels(1);
    assertEquals(2, new CrossEntropyReference(options, 0).evaluate(batch).sumOfWeights(FLOAT64));
  }
}
