package io.github.surprisal.reference;

import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.reference.BinaryLosses.AsymmetricFocal;
import io.github.surprisal.reference.BinaryLosses.BinaryCrossEntropy;
import io.github.surprisal.reference.BinaryLosses.BinaryCrossEntropyWithLogits;
import io.github.surprisal.reference.BinaryLosses.SigmoidFocal;
import io.github.surprisal.reference.LikelihoodLosses.BernoulliKl;
import io.github.surprisal.reference.LikelihoodLosses.CountTerm;
import io.github.surprisal.reference.LikelihoodLosses.GaussianNll;
import io.github.surprisal.reference.LikelihoodLosses.KlDivergence;
import io.github.surprisal.reference.LikelihoodLosses.LaplaceNll;
import io.github.surprisal.reference.LikelihoodLosses.PoissonNll;
import io.github.surprisal.reference.LikelihoodLosses.Tweedie;
import io.github.surprisal.reference.RegressionLosses.AbsolutePercentageError;
import io.github.surprisal.reference.RegressionLosses.Quantile;
import io.github.surprisal.reference.RegressionLosses.SquaredError;
import io.github.surprisal.reference.RegressionLosses.SquaredLogarithmicError;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Published figures and one test for each convention, in both arithmetics. */
class PointwiseSpecialValuesTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final PointwiseFormula BCE = new BinaryCrossEntropy(0);
  private static final PointwiseFormula LOGITS = new BinaryCrossEntropyWithLogits(1, 0);
  private static final PointwiseFormula POISSON = new PoissonNll(true, CountTerm.NONE, 1e-8);
  private static final PointwiseFormula RATE = new PoissonNll(false, CountTerm.NONE, 0);

  /** Value, slope and curvature at one point, to 15 digits. */
  private static void assertGives(
      PointwiseFormula formula, double p, double t, double... expected) {
    assertGives(formula, PointwiseBatch.of(new double[] {p}, new double[] {t}), expected);
  }

  private static void assertGives(
      PointwiseFormula formula, PointwiseBatch batch, double... expected) {
    var reference = new PointwiseReference(formula, Reduction.SUM, null);
    assertGives(reference.evaluate(batch, HundredDigits.of(1)), expected);
    assertGives(reference.evaluate(batch, DoubleDouble.of(1)), expected);
  }

  private static void assertGives(PointwiseResult<?> result, double[] expected) {
    assertClose(expected[0], result.loss(FLOAT64), "value");
    assertClose(expected[1], result.gradient(FLOAT64)[0], "slope");
    assertClose(expected[2], result.hessian(FLOAT64)[0], "curvature");
    if (expected.length > 3) {
      assertClose(expected[3], result.extraGradient(FLOAT64)[0], "slope by second parameter");
    }
  }

  private static void assertClose(double expected, double actual, String name) {
    double margin = Double.isFinite(expected) ? 1e-14 * Math.abs(expected) : 0;
    assertEquals(expected + 0.0, actual, margin, name);
  }

  @Test
  void crossEntropyOfFiveProbabilitiesAsPublished() {
    double[] probabilities = {0.99, 0.90, 0.50, 0.10, 0.01};
    double[] published = {0.01, 0.11, 0.69, 2.30, 4.61};
    for (int label = 0; label <= 1; label++) {
      for (int i = 0; i < 5; i++) {
        double p = probabilities[label == 1 ? i : 4 - i];
        var batch = PointwiseBatch.of(new double[] {p}, new double[] {label});
        double loss = new PointwiseReference(BCE).evaluate(batch).loss(FLOAT64);
        assertEquals(published[i], loss, 0.005, "p = " + p + ", label " + label);
      }
    }
  }

  @Test
  void slopesOfAWrongProbabilityAsPublished() {
    assertGives(new SquaredError(), 0.01, 1, 0.9801, -1.98, 2);
    assertGives(BCE, 0.01, 1, -Math.log(0.01), -100, 10000);
  }

  @Test
  void meanSquaredErrorAsPublished() {
    var batch = PointwiseBatch.of(new double[] {2.5, 5.2, 6.8}, new double[] {3, 5, 7});
    assertEquals(
        0.11, new PointwiseReference(new SquaredError()).evaluate(batch).loss(FLOAT64), 1e-15);
  }

  @Test
  void stirlingsTermAsPublished() {
    PointwiseFormula full = new PoissonNll(true, CountTerm.STIRLING, 1e-8);
    var batch = PointwiseBatch.of(new double[] {0}, new double[] {2});
    double loss = new PointwiseReference(full).evaluate(batch).loss(FLOAT64);
    assertEquals(0.6518, loss - 1, 5e-5);
    assertGives(full, 0, 1, 1, 0, 1);
    PointwiseFormula exact = new PoissonNll(true, CountTerm.EXACT, 1e-8);
    assertGives(exact, 0, 2, 1 + Math.log(2), -1, 1);
    assertGives(exact, 0, 0, 1, 1, 1);
  }

  @Test
  void zeroTimesLogOfZeroIsZero() {
    assertGives(BCE, 0, 0, 0, 1, 1);
    assertGives(BCE, 1, 1, 0, -1, 1);
    assertGives(new BernoulliKl(), 0, 0, 0, 1, 1);
    assertGives(new BernoulliKl(), 1, 1, 0, -1, 1);
    assertGives(new KlDivergence(false), -INF, 0, 0, 0, 0);
    assertGives(new KlDivergence(true), -INF, -INF, 0, 0, 0);
  }

  @Test
  void impossibleOutcomeCostsInfinityWithTheLargestSlope() {
    double max = Double.MAX_VALUE;
    assertGives(BCE, 0, 1, INF, -max, max);
    assertGives(BCE, 1, 0, INF, max, max);
    assertGives(new BernoulliKl(), -0.0, 0.5, INF, -max, max);
    var floats = PointwiseBatch.of(new double[] {0}, new double[] {1}).withType(Precision.FLOAT32);
    assertGives(BCE, floats, INF, -Float.MAX_VALUE, Float.MAX_VALUE);
    assertGives(new KlDivergence(false), -INF, 0.5, INF, -0.5, 0);
  }

  @Test
  void infiniteTargetOutgrowsItsMultiples() {
    for (CountTerm term : List.of(CountTerm.STIRLING, CountTerm.EXACT)) {
      assertGives(new PoissonNll(true, term, 1e-8), 1, INF, INF, -INF, Math.E);
    }
    assertGives(new KlDivergence(false), 1, INF, INF, -INF, 0);
    assertGives(new KlDivergence(true), 1, INF, INF, -INF, 0);
  }

  @Test
  void smallProbabilitiesKeepTheirDigits() {
    assertGives(BCE, 1e-300, 0, 1e-300, 1, 1);
    assertGives(LOGITS, -700, 0, Math.exp(-700), Math.exp(-700), Math.exp(-700));
  }

  @Test
  void epsilonClipsTheProbabilityAndItsSlope() {
    PointwiseFormula clipped = new BinaryCrossEntropy(0.25);
    assertGives(clipped, 0, 1, Math.log(4), 0, 0);
    assertGives(clipped, 1, 1, -Math.log(0.75), 0, 0);
    assertGives(clipped, 0.25, 1, Math.log(4), -4, 16);
    assertGives(clipped, 0.75, 0, Math.log(4), 4, 16);
  }

  @Test
  void infiniteLogitsTakeTheLimit() {
    for (PointwiseFormula formula :
        List.of(LOGITS, new SigmoidFocal(2, -1), new AsymmetricFocal(1, 4, 0))) {
      assertGives(formula, INF, 1, 0, 0, 0);
      assertGives(formula, -INF, 0, 0, 0, 0);
      assertGives(formula, -INF, 1, INF, -1, 0);
      assertGives(formula, INF, 0, INF, 1, 0);
      assertGives(formula, 1e6, 1, 0, 0, 0);
      assertGives(formula, 1e6, 0, 1e6, 1, 0);
    }
    assertGives(new MarginLosses.SoftMargin(), -INF, 1, INF, -1, 0);
    assertGives(new MarginLosses.SoftMargin(), INF, 0, Math.log(2), 0, 0);
  }

  @Test
  void infiniteTargetsOfCrossEntropyAreNaN() {
    for (PointwiseFormula formula : List.of(LOGITS, new AsymmetricFocal(1, 4, 0), BCE)) {
      for (double t : new double[] {INF, -INF}) {
        assertGives(formula, 0.5, t, NAN, NAN, NAN);
        assertGives(formula, 1, t, NAN, NAN, NAN);
      }
    }
    assertGives(LOGITS, 1e6, INF, NAN, NAN, NAN);
  }

  @Test
  void infiniteTargetsOfMarginsTakeTheLimitButAtZero() {
    for (PointwiseFormula formula :
        List.of(
            new MarginLosses.SoftMargin(),
            new MarginLosses.Hinge(1),
            new MarginLosses.SquaredHinge(1))) {
      assertGives(formula, 0.25, INF, 0, 0, 0);
      assertGives(formula, 0, INF, NAN, NAN, NAN);
    }
  }

  @Test
  void positiveWeightMayComeWithEachElement() {
    var batch = PointwiseBatch.of(new double[] {0}, new double[] {1});
    assertGives(LOGITS, batch.withExtra(3), 3 * Math.log(2), -1.5, 0.75);
    assertGives(LOGITS, batch.withExtra(-3), -3 * Math.log(2), 1.5, -0.75);
    assertGives(LOGITS, batch.withExtra(NAN), NAN, NAN, NAN);
    assertGives(new BinaryCrossEntropyWithLogits(3, 0), batch, 3 * Math.log(2), -1.5, 0.75);
    assertGives(LOGITS, -INF, 0, 0, 0, 0);
  }

  @Test
  void targetsOutsideTheUnitIntervalAreLinear() {
    assertGives(LOGITS, 0, 2, Math.log(2), -1.5, 0.25);
    assertGives(new SigmoidFocal(2, 0.25), 0, 2, NAN, NAN, NAN);
  }

  @Test
  void focalLossesAreFiniteForEveryGamma() {
    double p = 1 / (1 + Math.exp(800.0)); // 0 in double
    assertEquals(0, p);
    for (double gamma : new double[] {0, 0.5, 1, 2}) {
      assertGives(new SigmoidFocal(gamma, -1), 1e6, 1, 0, 0, 0);
      assertGives(new AsymmetricFocal(gamma, gamma, 0.05), -1e6, 0, 0, 0, 0);
    }
    assertGives(new AsymmetricFocal(0, 0, 0.5), 0, 0, 0, 0, 0);
  }

  @Test
  void kinksHaveTheSlopeOfTheInactiveSide() {
    assertGives(new MarginLosses.Hinge(1), 1, 1, 0, 0, 0);
    assertGives(new MarginLosses.Hinge(0), 0, -1, 0, 0, 0);
    assertGives(new MarginLosses.SquaredHinge(1), -1, -1, 0, 0, 0);
    assertGives(new RegressionLosses.AbsoluteError(), 2, 2, 0, 0, 0);
    assertGives(new RobustLosses.SmoothL1(0), 2, 2, 0, 0, 0);
    assertGives(new Quantile(0.9), 2, 2, 0, 0, 0);
    assertGives(new RegressionLosses.EpsilonInsensitive(0.5), 2.5, 2, 0, 0, 0);
    assertGives(new AbsolutePercentageError(1), 2, 2, 0, 0, 0);
    assertGives(new RobustLosses.Huber(1), 3, 2, 0.5, 1, 1);
    assertGives(new RobustLosses.SmoothL1(1), 3, 2, 0.5, 1, 0);
    assertGives(new RobustLosses.Tukey(2), 4, 2, 2 / 3., 0, 0);
    assertGives(new RegressionLosses.Expectile(0.25), 2, 2, 0, 0, 0.5);
  }

  @Test
  void quantilesWeighTheTwoSides() {
    assertGives(new Quantile(0.9), 1, 3, 1.8, -0.9, 0);
    assertGives(new Quantile(0.75), 3, 1, 0.5, 0.25, 0);
    assertGives(new Quantile(1), INF, 0, 0, 0, 0);
  }

  @Test
  void infiniteDifferencesTakeTheLimit() {
    assertGives(new SquaredError(), -INF, 1, INF, -INF, 2);
    assertGives(new RobustLosses.Huber(2), -INF, 1, INF, -2, 0);
    assertGives(new RobustLosses.LogCosh(), INF, 1, INF, 1, 0);
    assertGives(new RobustLosses.PseudoHuber(2), 1, INF, INF, -2, 0);
    assertGives(new RobustLosses.Cauchy(2), INF, 1, INF, 0, 0);
    assertGives(new RobustLosses.Tukey(2), INF, 1, 2 / 3., 0, 0);
    assertGives(new AbsolutePercentageError(1), 3, INF, 100, 0, 0);
    assertGives(new AbsolutePercentageError(1), -INF, -4, INF, -25, 0);
    assertGives(new SquaredLogarithmicError(), INF, 0, INF, 0, 0);
    assertGives(new MarginLosses.SquaredHinge(1), -INF, 1, INF, -INF, 2);
  }

  @Test
  void infinityMinusInfinityIsNaN() {
    for (PointwiseFormula formula :
        List.of(
            new SquaredError(),
            new RobustLosses.Huber(2),
            new Quantile(0.5),
            new AbsolutePercentageError(1),
            new SquaredLogarithmicError())) {
      assertGives(formula, INF, INF, NAN, NAN, NAN);
    }
  }

  @Test
  void smallDifferencesKeepTheirDigits() {
    assertGives(new RobustLosses.LogCosh(), 1e-100, 0, 0.5e-200, 1e-100, 1);
    assertGives(new RobustLosses.PseudoHuber(1), 1e-100, 0, 0.5e-200, 1e-100, 1);
    assertGives(new RobustLosses.Tukey(1), 1e-100, 0, 0.5e-200, 1e-100, 1);
    assertGives(new RobustLosses.Cauchy(1), 1e-100, 0, 0.5e-200, 1e-100, 1);
  }

  @Test
  void hugeDifferencesDoNotOverflowOnTheWay() {
    assertGives(new RobustLosses.PseudoHuber(1), 1e300, 0, 1e300, 1, 0);
    assertGives(new RobustLosses.LogCosh(), 1e300, 0, 1e300, 1, 0);
    assertGives(new RobustLosses.Cauchy(1), 1e300, 0, 300 * Math.log(10), 1e-300, 0);
  }

  @Test
  void logarithmsOfMinusOneArePoles() {
    assertGives(new SquaredLogarithmicError(), -1, 0, INF, -INF, INF);
    assertGives(new SquaredLogarithmicError(), -1.5, 0, NAN, NAN, NAN);
    assertGives(new SquaredLogarithmicError(), 0, -1, NAN, NAN, NAN);
    assertGives(RATE, 0, 2, INF, -INF, INF);
    assertGives(RATE, 0, 0, 0, 1, 0);
    assertGives(RATE, -1, 2, NAN, NAN, NAN);
  }

  @Test
  void exponentialsOutgrowTheirArguments() {
    assertGives(POISSON, INF, 2, INF, INF, INF);
    assertGives(POISSON, -INF, 2, INF, -2, 0);
    assertGives(POISSON, -INF, 0, 0, 0, 0);
    assertGives(RATE, INF, 2, INF, 1, 0);
    assertGives(new LikelihoodLosses.Gamma(), -INF, 2, INF, -INF, INF);
    assertGives(new LikelihoodLosses.Gamma(), INF, 2, INF, 1, 0);
    assertGives(new Tweedie(1.5), -INF, 0, 0, 0, 0);
    assertGives(new Tweedie(1.5), -INF, 1, INF, -INF, INF);
  }

  @Test
  void impossibleDataAreNaN() {
    assertGives(BCE, 1.2, 1, NAN, NAN, NAN);
    assertGives(new BernoulliKl(), 0.5, -0.1, NAN, NAN, NAN);
    assertGives(new KlDivergence(false), -1, -0.1, NAN, NAN, NAN);
    assertGives(POISSON, 0, -1, NAN, NAN, NAN);
    assertGives(new LikelihoodLosses.Gamma(), 0, 0, NAN, NAN, NAN);
    assertGives(new Tweedie(2), 0, 0, NAN, NAN, NAN);
    assertGives(new Tweedie(1.5), 0, -1, NAN, NAN, NAN);
  }

  @Test
  void varianceAndScaleAreRaisedToEpsilonWithoutASlope() {
    var batch = PointwiseBatch.of(new double[] {3}, new double[] {1});
    PointwiseFormula gaussian = new GaussianNll(false, 1);
    assertGives(gaussian, batch.withExtra(0), 2, 2, 1, 0);
    assertGives(gaussian, batch.withExtra(1), 2, 2, 1, -1.5);
    assertGives(gaussian, batch.withExtra(-1), NAN, NAN, NAN, NAN);
    PointwiseFormula laplace = new LaplaceNll(0.5);
    assertGives(laplace, batch.withExtra(0), 4, 2, 0, 0);
    assertGives(laplace, batch.withExtra(0.5), 4, 2, 0, -6);
    assertGives(laplace, batch.withExtra(-1), NAN, NAN, NAN, NAN);
  }
}
