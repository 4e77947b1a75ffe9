package io.github.surprisal.reference;

import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.reference.LikelihoodLosses.GaussianNll;
import io.github.surprisal.reference.RegressionLosses.AbsoluteError;
import io.github.surprisal.reference.RegressionLosses.HalfSquaredError;
import io.github.surprisal.reference.RegressionLosses.SquaredError;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which elements count, their weights and the reductions. */
class PointwiseReferenceTest {

  private static final double NAN = Double.NaN;
  private static final PointwiseBatch BATCH =
      PointwiseBatch.of(new double[] {3, NAN, -2, 5}, new double[] {1, 0, NAN, 8})
          .withWeights(2, 0, NAN, 4)
          .withMask(true, true, false, true);

  private static PointwiseResult<?> evaluate(
      PointwiseFormula formula, Reduction reduction, Denominator denominator) {
    return new PointwiseReference(formula, reduction, denominator).evaluate(BATCH);
  }

  @Test
  void reducesByEveryDenominator() {
    // Weighted losses 2 * 4 and 4 * 9.
    assertEquals(44 / 6., evaluate(new SquaredError(), Reduction.MEAN, null).loss(FLOAT64), 1e-15);
    assertEquals(44 / 6., mean(Denominator.WEIGHTS), 1e-15);
    assertEquals(22, mean(Denominator.KEPT));
    assertEquals(11, mean(Denominator.ALL));
    assertEquals(4, mean(Denominator.given(11)));
    assertEquals(Double.POSITIVE_INFINITY, mean(Denominator.given(0)));
    assertEquals(44, evaluate(new SquaredError(), Reduction.SUM, null).loss(FLOAT64));
    assertEquals(44, evaluate(new SquaredError(), Reduction.NONE, null).loss(FLOAT64));
  }

  private static double mean(Denominator denominator) {
    return evaluate(new SquaredError(), Reduction.MEAN, denominator).loss(FLOAT64);
  }

  @Test
  void squaredAndAbsoluteErrorsAloneDivideByTheSumOfWeights() {
    for (PointwiseCase each : PointwiseCase.all()) {
      PointwiseFormula formula = each.formula();
      boolean byWeights =
          formula instanceof SquaredError
              || formula instanceof HalfSquaredError
              || formula instanceof AbsoluteError;
      Denominator expected = byWeights ? Denominator.WEIGHTS : Denominator.KEPT;
      assertEquals(expected, formula.defaultDenominator(), formula.name());
    }
  }

  @Test
  void ignoredElementsAreNotReadAndHaveGradientPlusZero() {
    PointwiseBatch batch = BATCH.withUpstream(-1, NAN, NAN, 0.5);
    var result = new PointwiseReference(new SquaredError(), Reduction.NONE, null).evaluate(batch);
    assertArrayEquals(new double[] {8, 0, 0, 36}, result.losses(FLOAT64));
    assertArrayEquals(new double[] {-8, 0, 0, -12}, result.gradient(FLOAT64));
    assertArrayEquals(new double[] {4, 0, 0, 8}, result.hessian(FLOAT64));
    assertEquals(0, result.extraGradient(FLOAT64).length);
    assertEquals(2, result.rowsKept());
    assertEquals(6, result.sumOfWeights(FLOAT64));
  }

  @Test
  void theHessianHasNoUpstreamAndNoDenominator() {
    PointwiseBatch batch = BATCH.withUpstream(10);
    var result = new PointwiseReference(new SquaredError()).evaluate(batch);
    assertArrayEquals(new double[] {4, 0, 0, 8}, result.hessian(FLOAT64));
    double[] gradient = {2 * 4 * 10 / 6., 0, 0, 4 * -6 * 10 / 6.};
    assertArrayEquals(gradient, result.gradient(FLOAT64), 1e-14);
  }

  @Test
  void meanOverNothingIsZero() {
    var batch = BATCH.withMask(false, false, false, false);
    var result = new PointwiseReference(new SquaredError()).evaluate(batch);
    assertEquals(0, result.loss(FLOAT64));
    assertArrayEquals(new double[4], result.gradient(FLOAT64));
    assertEquals(0, result.rowsKept());
  }

  @Test
  void aNegativeWeightIsTaken() {
    var batch = PointwiseBatch.of(new double[] {3, 5}, new double[] {1, 8}).withWeights(-1, 1);
    var result = new PointwiseReference(new SquaredError(), Reduction.SUM, null).evaluate(batch);
    assertArrayEquals(new double[] {-4, 9}, result.losses(FLOAT64));
    assertArrayEquals(new double[] {-4, -6}, result.gradient(FLOAT64));
    assertArrayEquals(new double[] {-2, 2}, result.hessian(FLOAT64));
  }

  @Test
  void naNReachesEveryResultOfItsElementAlone() {
    for (PointwiseCase each : PointwiseCase.all()) {
      for (int input = 0; input < 3; input++) {
        double[][] arrays = {{0.5, 0.5}, {0.5, 0.5}, {0.5, 0.5}};
        arrays[input][0] = NAN;
        boolean hasExtra = each.formula().hasSecondParameter();
        var batch = PointwiseBatch.of(arrays[0], arrays[1]);
        var result =
            new PointwiseReference(each.formula(), Reduction.NONE, null)
                .evaluate(hasExtra ? batch.withExtra(arrays[2]) : batch);
        boolean isRead = input < 2 || hasExtra;
        String message = each + ", input " + input;
        for (double[] output :
            List.of(result.losses(FLOAT64), result.gradient(FLOAT64), result.hessian(FLOAT64))) {
          assertEquals(isRead, Double.isNaN(output[0]), message);
          assertTrue(!Double.isNaN(output[1]), message);
        }
      }
    }
  }

  /** A domain is one of inputs: outside of it every result is NaN, inside none is. */
  @Test
  void finiteInputsGiveNaNOutsideOfADomainAlone() {
    double big = Double.MAX_VALUE / 4;
    double[] numbers = {-big, -1e6, -1, -1e-300, -0.0, 0, 1e-300, 0.5, 1, 2, 1e6, big};
    for (PointwiseCase each : PointwiseCase.all()) {
      for (double p : numbers) {
        for (double t : numbers) {
          for (double extra : new double[] {0, 1e-300, 1, big}) {
            String message = "%s at p = %s, t = %s, extra = %s".formatted(each, p, t, extra);
            assertWhole(each.formula(), HundredDigits.of(p), t, extra, message);
            assertWhole(each.formula(), DoubleDouble.of(p), t, extra, message);
          }
        }
      }
    }
  }

  private static <R extends Real<R>> void assertWhole(
      PointwiseFormula formula, R p, double t, double extra, String message) {
    Element<R> element = formula.at(p, p.constant(t), p.constant(extra), FLOAT64);
    boolean isNaN = element.value().sum().isNaN();
    assertEquals(isNaN, element.slope().sum().isNaN(), message);
    assertEquals(isNaN, element.curvature().sum().isNaN(), message);
    boolean hasExtra = formula.hasSecondParameter();
    assertTrue(!hasExtra || isNaN == element.extraSlope().sum().isNaN(), message);
    boolean isPositive = !p.isNegative() && !p.isGreaterThan(p.constant(1)) && t > 0 && t <= 1;
    assertTrue(!isPositive || !isNaN, message);
    boolean isReal = formula instanceof DifferenceFormula || hasExtra;
    assertTrue(!isReal || !isNaN, message);
  }

  @Test
  void scalesAllResultsWithTheWeight() {
    var batch = PointwiseBatch.of(new double[] {2}, new double[] {5}).withExtra(3).withWeights(4);
    var result =
        new PointwiseReference(new GaussianNll(false, 1e-6), Reduction.SUM, null).evaluate(batch);
    assertEquals(4 * (Math.log(3) + 3) / 2, result.loss(FLOAT64), 1e-14);
    assertEquals(-4, result.gradient(FLOAT64)[0], 1e-14);
    assertEquals(4 / 3., result.hessian(FLOAT64)[0], 1e-14);
    assertEquals(4 * (1 / 3. - 1) / 2, result.extraGradient(FLOAT64)[0], 1e-14);
    assertEquals(2, result.extraGradientTerms(FLOAT64)[0], 1e-14);
    assertEquals(0.5, result.gradientUlps(0, -4 + Math.ulp(2.0), FLOAT64), 0);
  }

  @Test
  void largeBatchesAgreeWithSmallOnes() {
    long seed = 161803;
    var random = new SplittableRandom(seed);
    double[] logits = random.doubles(2000, -30, 30).toArray();
    double[] targets = random.doubles(2000, 0, 1).toArray();
    var reference =
        new PointwiseReference(new BinaryLosses.SigmoidFocal(2, 0.25), Reduction.SUM, null);
    double[] large = reference.evaluate(PointwiseBatch.of(logits, targets)).losses(FLOAT64);
    for (int i = 0; i < 2000; i += 97) {
      var one = PointwiseBatch.of(new double[] {logits[i]}, new double[] {targets[i]});
      assertEquals(
          reference.evaluate(one).loss(FLOAT64), large[i], "index " + i + ", seed " + seed);
    }
  }

  @Test
  void rejectsArgumentsThatDoNotFit() {
    double[] two = {1, 2};
    assertMessage("targets.length = 1", () -> PointwiseBatch.of(two, new double[1]));
    assertMessage("weights.length = 1", () -> PointwiseBatch.of(two, two).withWeights(1));
    assertMessage("mask.length = 1", () -> PointwiseBatch.of(two, two).withMask(true));
    assertMessage("extra.length = 1", () -> PointwiseBatch.of(two, two).withExtra(1));
    var batch = PointwiseBatch.of(two, two).withUpstream(1, 2);
    assertMessage(
        "upstream.length = 2", () -> new PointwiseReference(new SquaredError()).evaluate(batch));
    assertMessage(
        "extra = null",
        () -> new PointwiseReference(new GaussianNll(true, 1)).evaluate(batch.withUpstream(1)));
    assertMessage("delta = 0.0, expected delta > 0", () -> new RobustLosses.Huber(0));
    assertMessage("alpha = NaN", () -> new RegressionLosses.Quantile(NAN));
    assertMessage("gamma = -1.0", () -> new BinaryLosses.SigmoidFocal(-1, 0.25));
  }

  private static void assertMessage(String start, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.startsWith(start), message);
  }
}
