package io.github.surprisal.reference;

import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Known figures and conventions of temperature, softcap, allowed classes, z-loss and entropy. */
class CrossEntropyOptionsTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final RowOptions SUM = RowOptions.DEFAULT.withReduction(Reduction.SUM);
  private static final CrossEntropyReference PLAIN = new CrossEntropyReference(SUM, 0);

  private static RowBatch row(double... logits) {
    return RowBatch.of(logits, 1, logits.length).withLabels(0);
  }

  private static void assertGives(
      CrossEntropyReference reference, RowBatch batch, double loss, double... gradient) {
    assertLoss(reference.evaluate(batch, HundredDigits.of(1)), loss, gradient);
    assertLoss(reference.evaluate(batch, DoubleDouble.of(1)), loss, gradient);
  }

  private static void assertLoss(LossResult<?> result, double loss, double[] gradient) {
    assertEquals(loss, result.loss(FLOAT64), 1e-15);
    assertArrayEquals(gradient, result.gradient(FLOAT64), 1e-15);
  }

  @Test
  void temperatureDividesTheLogits() {
    var halved = PLAIN.withLogitOptions(LogitOptions.DEFAULT.withTemperature(2));
    assertGives(halved, row(0, Math.log(9)), Math.log(4), -0.375, 0.375);
  }

  @Test
  void softcapBoundsTheLogits() {
    var capped = PLAIN.withLogitOptions(LogitOptions.DEFAULT.withSoftcap(30));
    double e = Math.exp(-60);
    assertGives(capped, row(1e5, -1e5), Math.log1p(e), 0, 0);
    assertGives(capped, row(-1e300, 1e300), 60 + Math.log1p(e), 0, 0);
  }

  @Test
  void temperatureComesBeforeSoftcap() {
    var both = PLAIN.withLogitOptions(new LogitOptions(2, 3));
    double x = 3 * Math.tanh(8 / 2.0 / 3);
    assertEquals(Math.log1p(Math.exp(-x)), both.evaluate(row(8, 0)).loss(FLOAT64), 1e-15);
  }

  @Test
  void minusInfinityIsImpossibleUnderASoftcapToo() {
    var capped = PLAIN.withLogitOptions(LogitOptions.DEFAULT.withSoftcap(1));
    assertGives(capped, row(0, -INF, 0), Math.log(2), -0.5, 0, 0.5);
    assertGives(capped, row(-INF, 0, 0), INF, 0, 0.5, 0.5);
    assertGives(capped, row(0, INF), NAN, NAN, NAN);
    assertGives(capped, row(0, NAN), NAN, NAN, NAN);
  }

  @Test
  void aClassThatIsNotAllowedIsNotReadAndHasGradientZero() {
    RowBatch batch = row(0, NAN, 0).withAllowedClasses(true, false, true);
    assertGives(PLAIN, batch, Math.log(2), -0.5, 0, 0.5);
  }

  @Test
  void smoothingIsSpreadOverTheAllowedClasses() {
    RowBatch batch = row(0, INF, 0).withAllowedClasses(true, false, true);
    // Targets 0.75 and 0.25.
    assertGives(new CrossEntropyReference(SUM, 0.5), batch, Math.log(2), -0.25, 0, 0.25);
  }

  @Test
  void aLabelThatIsNotAllowedCostsInfinityWithAFiniteGradient() {
    RowBatch batch = row(3, 0, 0).withAllowedClasses(false, true, true);
    assertGives(PLAIN, batch, INF, 0, 0.5, 0.5);
  }

  @Test
  void massOnAClassThatIsNotAllowedCostsInfinity() {
    RowBatch batch =
        RowBatch.of(new double[2], 1, 2)
            .withProbabilities(0.5, 0.5)
            .withAllowedClasses(true, false);
    assertGives(PLAIN, batch, INF, 0.5, 0);
  }

  @Test
  void aRowWithoutAnAllowedClassIsNaN() {
    RowBatch batch =
        RowBatch.of(new double[4], 2, 2)
            .withLabels(0, 1)
            .withAllowedClasses(false, false, true, true);
    assertGives(PLAIN, batch, NAN, NAN, NAN, 0.5, -0.5);
    assertGives(new CrossEntropyReference(SUM, 1), batch, NAN, NAN, NAN, 0, 0);
  }

  @Test
  void zLossIsTheSquareOfTheLogSumExpTimesRowAndLabelWeight() {
    double l = Math.log(3);
    RowBatch batch = row(0, Math.log(2)).withRowWeights(5);
    var weighted = new CrossEntropyReference(SUM.withClassWeights(2, 7), 0);
    double expected = 10 * (l + 0.1 * l * l);
    assertEquals(expected, weighted.withZLoss(0.1).evaluate(batch).loss(FLOAT64), 1e-14);
    RowBatch soft = RowBatch.of(batch.input(), 1, 2).withProbabilities(1, 0).withRowWeights(5);
    expected = 10 * l + 0.5 * l * l;
    assertEquals(expected, weighted.withZLoss(0.1).evaluate(soft).loss(FLOAT64), 1e-14);
  }

  @Test
  void entropyIsSubtracted() {
    double l = Math.log(4);
    assertGives(PLAIN.withEntropy(0.25), row(0, 0, 0, 0), 0.75 * l, -0.75, 0.25, 0.25, 0.25);
    assertGives(PLAIN.withEntropy(-0.25), row(0, 0, 0, 0), 1.25 * l, -0.75, 0.25, 0.25, 0.25);
    assertGives(PLAIN.withEntropy(1), row(0, -INF), 0, 0, 0);
  }

  @Test
  void givesTheNumbersOfARow() {
    double[] logits = {0, Math.log(3), 7, 9, NAN, 0, 4, 4};
    RowBatch batch = RowBatch.of(logits, 4, 2).withLabels(0, -100, 1, 0);
    CrossEntropyResult<?> result = PLAIN.evaluate(batch);
    double tie = 4 + Math.log(2);
    assertArrayEquals(new double[] {Math.log(4), 0, NAN, tie}, result.logSumExp(FLOAT64), 1e-15);
    double entropy = Math.log(4) - 0.75 * Math.log(3);
    assertArrayEquals(new double[] {entropy, 0, NAN, Math.log(2)}, result.entropy(FLOAT64), 1e-15);
    assertArrayEquals(new double[] {0.25, 0, NAN, 0.5}, result.labelProbability(FLOAT64), 1e-15);
    assertFalse(result.isCorrect(0), "3/4 for the other");
    assertFalse(result.isCorrect(1), "ignored");
    assertFalse(result.isCorrect(2), "NaN");
    assertTrue(result.isCorrect(3), "the first of equals");
    assertEquals(1, result.correct());
    assertFalse(PLAIN.evaluate(batch.withLabels(0, 0, 0, 1)).isCorrect(3));
  }

  @Test
  void theLargestAllowedLogitIsThatBeforeTheSoftcap() {
    var capped = PLAIN.withLogitOptions(LogitOptions.DEFAULT.withSoftcap(1));
    RowBatch batch = row(1e9, 1e10, 1e11).withAllowedClasses(true, true, false);
    assertTrue(capped.evaluate(batch.withLabels(1)).isCorrect(0));
    assertEquals(0.5, capped.evaluate(batch).labelProbability(FLOAT64)[0]);
  }

  @Test
  void hessianIsMassTimesVarianceWithoutUpstreamOrDenominator() {
    var reference = new CrossEntropyReference(RowOptions.DEFAULT.withClassWeights(2, 1), 0);
    RowBatch batch =
        RowBatch.of(new double[] {0, Math.log(3), 0, 0}, 2, 2)
            .withLabels(0, 1)
            .withRowWeights(5, 1)
            .withUpstream(7);
    double[] exact = {1.875, 1.875, 0.25, 0.25};
    assertArrayEquals(exact, reference.evaluate(batch).hessian(FLOAT64), 1e-15);
    double[] twice = {3.75, 3.75, 0.5, 0.5};
    for (var convention : List.of(HessianConvention.XGBOOST, HessianConvention.LIGHTGBM)) {
      // K / (K - 1) is 2 as well.
      var variant = reference.withHessianConvention(convention).evaluate(batch);
      assertArrayEquals(twice, variant.hessian(FLOAT64), 1e-15);
    }
  }

  @Test
  void xgboostFloorsTheWeightedHessianAndLightGbmScales() {
    RowBatch batch = row(80, 0, 0).withRowWeights(3);
    var xgboost = PLAIN.withHessianConvention(HessianConvention.XGBOOST);
    assertArrayEquals(new double[] {1e-16, 1e-16, 1e-16}, xgboost.evaluate(batch).hessian(FLOAT64));
    var lightgbm = PLAIN.withHessianConvention(HessianConvention.LIGHTGBM);
    assertArrayEquals(
        new double[] {1, 1, 1}, lightgbm.evaluate(row(0, 0, 0).withRowWeights(3)).hessian(FLOAT64));
    assertArrayEquals(new double[] {0}, lightgbm.evaluate(row(3)).hessian(FLOAT64));
    assertArrayEquals(new double[2], xgboost.evaluate(row(0, 0).withLabels(-100)).hessian(FLOAT64));
  }

  /** The figures of XGBoost's own test of its multiclass objective, before 3.5 and from then on. */
  @Test
  void xgboostsOwnFigures() {
    RowBatch batch = RowBatch.of(new double[] {1, 0, 2, 2, 0, 1}, 2, 3).withLabels(1, 0);
    var before = PLAIN.withHessianConvention(HessianConvention.XGBOOST).evaluate(batch);
    double[] twice = {0.36, 0.16, 0.44, 0.45, 0.16, 0.37};
    assertArrayEquals(twice, before.hessian(FLOAT64), 0.01);
    var after = PLAIN.withHessianConvention(HessianConvention.XGBOOST_3_5);
    double[] magnitudes = {0.24, 0.91, 0.67, 0.33, 0.09, 0.24};
    assertArrayEquals(magnitudes, after.evaluate(batch).hessian(FLOAT64), 0.01);
    double[] floored = after.evaluate(row(80, 0, 0).withRowWeights(3)).hessian(FLOAT64);
    assertArrayEquals(new double[] {1e-16, 1e-16, 1e-16}, floored, 1e-30);
  }

  @Test
  void rejectsWhatCannotBeMeant() {
    for (double bad : new double[] {0, -1, NAN, INF}) {
      assertRejects(() -> LogitOptions.DEFAULT.withTemperature(bad));
    }
    for (double bad : new double[] {0, -1, NAN}) {
      assertRejects(() -> LogitOptions.DEFAULT.withSoftcap(bad));
    }
    assertRejects(() -> PLAIN.withZLoss(-1));
    assertRejects(() -> PLAIN.withEntropy(INF));
    assertRejects(() -> PLAIN.withZLoss(1).withHessianConvention(HessianConvention.XGBOOST));
    assertRejects(() -> row(0, 0, 0).withAllowedClasses(true, false));
    RowBatch allowing = row(0, 0).withAllowedClasses(true, true);
    assertRejects(() -> new NegativeLogLikelihoodReference(SUM).evaluate(allowing));
  }

  private static void assertRejects(org.junit.jupiter.api.function.Executable call) {
    assertThrows(IllegalArgumentException.class, call);
  }
}
