package io.github.surprisal.reference;

import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** One test for each convention, in both arithmetics. */
class CrossEntropySpecialValuesTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final RowOptions SUM = RowOptions.DEFAULT.withReduction(Reduction.SUM);
  private static final RowOptions MEAN = RowOptions.DEFAULT;

  private static void assertGives(
      RowOptions options, double smoothing, RowBatch batch, double loss, double... gradient) {
    var reference = new CrossEntropyReference(options, smoothing);
    assertLoss(reference.evaluate(batch, HundredDigits.of(1)), loss, gradient);
    assertLoss(reference.evaluate(batch, DoubleDouble.of(1)), loss, gradient);
  }

  private static void assertLoss(LossResult<?> result, double loss, double[] gradient) {
    assertEquals(loss, result.loss(FLOAT64), 1e-15);
    assertArrayEquals(gradient, result.gradient(FLOAT64), 1e-15);
  }

  private static RowBatch row(double... logits) {
    return RowBatch.of(logits, 1, logits.length);
  }

  @Test
  void minusInfinityIsAnImpossibleClass() {
    assertGives(SUM, 0, row(0, -INF, 0).withLabels(0), Math.log(2), -0.5, 0, 0.5);
  }

  @Test
  void targetOnAnImpossibleClassCostsInfinityWithAFiniteGradient() {
    assertGives(SUM, 0, row(0, -INF, 0).withLabels(1), INF, 0.5, -1, 0.5);
  }

  @Test
  void smoothingOntoAnImpossibleClassCostsInfinityWithAFiniteGradient() {
    assertGives(SUM, 0.5, row(0, -INF).withLabels(0), INF, 0.25, -0.25);
  }

  @Test
  void targetProbabilityZeroOnAnImpossibleClassCostsNothing() {
    assertGives(SUM, 0, row(0, -INF).withProbabilities(1, 0), 0, 0, 0);
  }

  @Test
  void classWeightZeroOnAnImpossibleClassCostsNothing() {
    assertGives(SUM.withClassWeights(1, 0), 0, row(0, -INF).withLabels(1), 0, 0, 0);
  }

  @Test
  void aRowOfMinusInfinitiesIsNaN() {
    assertGives(SUM, 0, row(-INF, -INF).withLabels(0), NAN, NAN, NAN);
  }

  @Test
  void plusInfinityMakesItsRowNaN() {
    assertGives(SUM, 0, row(0, INF).withLabels(1), NAN, NAN, NAN);
  }

  @Test
  void naNStaysInItsRow() {
    RowBatch batch = RowBatch.of(new double[] {0, NAN, 0, 0}, 2, 2).withLabels(0, 1);
    assertGives(SUM, 0, batch, NAN, NAN, NAN, 0.5, -0.5);
  }

  @Test
  void negativeProbabilitiesAreTaken() {
    RowBatch batch = RowBatch.of(new double[4], 2, 2).withProbabilities(1.5, -0.5, 1, 0);
    assertGives(SUM, 0, batch, 2 * Math.log(2), -1, 1, -0.5, 0.5);
  }

  @Test
  void negativeClassWeightsAreTaken() {
    RowBatch batch = RowBatch.of(new double[4], 2, 2).withLabels(0, 1);
    assertGives(SUM.withClassWeights(-1, 1), 0, batch, 0, 0.5, -0.5, 0.5, -0.5);
    var result = new CrossEntropyReference(SUM.withClassWeights(-1, 1), 0).evaluate(batch);
    assertEquals(Math.log(4), result.labelNll(FLOAT64), 1e-15, "reads no weight");
  }

  @Test
  void naNWeightsAreNaNWhereARowReadsThem() {
    RowBatch batch = RowBatch.of(new double[4], 2, 2).withLabels(0, 1);
    assertGives(SUM.withClassWeights(NAN, 1), 0, batch, NAN, NAN, NAN, 0.5, -0.5);
    // Smoothing reads every weight.
    assertGives(SUM.withClassWeights(NAN, 1), 0.1, batch, NAN, NAN, NAN, NAN, NAN);
    assertGives(SUM, 0, batch.withRowWeights(NAN, 1), NAN, NAN, NAN, 0.5, -0.5);
  }

  @Test
  void aNegativeRowWeightIsTakenAndMayCancelTheDenominator() {
    RowBatch batch = RowBatch.of(new double[4], 2, 2).withLabels(0, 1).withRowWeights(-1, 1);
    assertGives(SUM, 0, batch, 0, 0.5, -0.5, 0.5, -0.5);
    assertGives(MEAN, 0, batch, NAN, INF, -INF, INF, -INF);
    RowOptions kept = MEAN.withDenominator(Denominator.KEPT);
    assertGives(kept, 0, batch, 0, 0.25, -0.25, 0.25, -0.25);
    assertGives(MEAN, 0, batch.withRowWeights(-1, 3), Math.log(2), 0.25, -0.25, 0.75, -0.75);
  }

  @Test
  void ignoredRowsAreNotReadAndHaveGradientPlusZero() {
    double[] logits = {NAN, INF, NAN, INF, NAN, INF, 0, 0};
    RowBatch batch =
        RowBatch.of(logits, 4, 2)
            .withLabels(-100, 77, 1, 1)
            .withRowMask(true, false, true, true)
            .withRowWeights(NAN, NAN, 0, 2)
            .withUpstream(-1);
    assertGives(MEAN, 0, batch, Math.log(2), 0, 0, 0, 0, 0, 0, -0.5, 0.5);
    var result = new CrossEntropyReference(MEAN, 0).evaluate(batch);
    double[] gradient = result.gradient(FLOAT64);
    for (int i = 0; i < 6; i++) {
      assertEquals(0L, Double.doubleToRawLongBits(gradient[i]), "index " + i);
    }
    assertEquals(1, result.rowsKept());
    assertEquals(2, result.sumOfWeights(FLOAT64));
  }

  @Test
  void ignoreIndexAppliesToTargetProbabilities() {
    RowBatch batch =
        RowBatch.of(new double[] {0, 0, NAN, NAN}, 2, 2)
            .withProbabilities(1, 0, NAN, NAN)
            .withLabels(0, -100);
    assertGives(MEAN, 0, batch, Math.log(2), -0.5, 0.5, 0, 0);
  }

  @Test
  void ignoreIndexMayBeAClass() {
    RowBatch batch = RowBatch.of(new double[4], 2, 2).withLabels(0, 1);
    assertGives(MEAN.withIgnoreIndex(1), 0, batch, Math.log(2), -0.5, 0.5, 0, 0);
  }

  @Test
  void meanOverNothingIsZero() {
    assertGives(MEAN, 0, row(1, 2).withLabels(-100), 0, 0, 0);
    RowOptions none = MEAN.withDenominator(Denominator.given(0));
    assertGives(none, 0, row(NAN, 2).withLabels(-100), 0, 0, 0);
  }

  @Test
  void meanOverADenominatorOfZeroDividesAsWritten() {
    RowBatch batch = row(1, 2).withLabels(0);
    assertGives(MEAN.withDenominator(Denominator.given(0)), 0, batch, INF, -INF, INF);
    assertGives(MEAN.withClassWeights(0, 1), 0, batch, NAN, NAN, NAN);
    // Smoothing gives the other class mass: 0.05 of its own, none of the label's.
    assertGives(MEAN.withClassWeights(0, 1), 0.1, batch, INF, INF, -INF);
  }

  @Test
  void anExactZeroHasNoSign() {
    RowBatch batch = row(0, -INF).withLabels(0).withUpstream(-1);
    for (double gradient : new CrossEntropyReference(SUM, 0).evaluate(batch).gradient(FLOAT64)) {
      assertEquals(0L, Double.doubleToRawLongBits(gradient));
    }
  }

  @Test
  void noRowsGiveZero() {
    RowBatch empty = RowBatch.of(new double[0], 0, 3).withLabels();
    for (Reduction reduction : Reduction.values()) {
      assertGives(MEAN.withReduction(reduction), 0, empty, 0);
    }
  }

  @Test
  void oneClassCostsNothing() {
    assertGives(MEAN, 0.1, row(3e300).withLabels(0), 0, 0);
  }

  @Test
  void equalLargestLogitsShareTheProbability() {
    assertGives(SUM, 0, row(5, 5, -INF, 5).withLabels(1), Math.log(3), 1 / 3., -2 / 3., 0, 1 / 3.);
  }

  @Test
  void aGradientThatVanishesOnlyByRoundingKeepsItsSign() {
    double[] gradient =
        new CrossEntropyReference(SUM, 0).evaluate(row(800, 0).withLabels(0)).gradient(FLOAT64);
    assertTrue(Arrays.equals(new double[] {-0.0, 0.0}, gradient), Arrays.toString(gradient));
  }
}
