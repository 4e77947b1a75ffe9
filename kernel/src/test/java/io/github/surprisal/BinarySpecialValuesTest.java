package io.github.surprisal;

import static io.github.surprisal.ElementResults.assertGives;
import static io.github.surprisal.ElementResults.assertNotNaN;
import static io.github.surprisal.ElementResults.results;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.AsymmetricFocal;
import io.github.surprisal.pointwise.BinaryCrossEntropy;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.SigmoidFocal;
import io.github.surprisal.pointwise.SquaredError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for each special case in the Javadoc of the losses of a binary target, but margins. */
class BinarySpecialValuesTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final double MAX = Double.MAX_VALUE;
  private static final double MAX_FLOAT = Float.MAX_VALUE;
  private static final double LOG2 = 0.6931471805599453;

  private static final Formula LOGITS = new BinaryCrossEntropyWithLogits();
  private static final Formula PROBABILITY = new BinaryCrossEntropy();

  @Test
  void crossEntropyOfFiveProbabilitiesAsPublished() {
    double[] probabilities = {0.99, 0.90, 0.50, 0.10, 0.01};
    double[] published = {0.01, 0.11, 0.69, 2.30, 4.61};
    for (int i = 0; i < 5; i++) {
      assertEquals(published[i], results(PROBABILITY, probabilities[i], 1, true)[0], 0.005);
      assertEquals(published[i], results(PROBABILITY, probabilities[4 - i], 0, true)[0], 0.005);
    }
  }

  @Test
  void slopeOfAWrongProbabilityAsPublished() {
    assertGives(PROBABILITY, 0.01, 1, 4.605170185988091, -100, 10000);
    assertGives(new SquaredError(), 0.01, 1, 0.9801, -1.98, 2);
  }

  @Test
  void aProbabilityOfZeroOrOneThatIsMetCostsNothing() {
    assertGives(PROBABILITY, 0, 0, 0, 1, 1);
    assertGives(PROBABILITY, 1, 1, 0, -1, 1);
    assertGives(PROBABILITY, -0.0, 0, 0, 1, 1);
    for (double p : new double[] {0, 1}) {
      double[] losses = {1};
      PointwiseLoss.builder(PROBABILITY)
          .build()
          .loss(Elements.of(new double[] {p}, new double[] {p}).losses(losses));
      assertEquals(0L, Double.doubleToRawLongBits(losses[0]), "+0");
    }
  }

  @Test
  void aProbabilityOfZeroOrOneThatIsMissedIsAPole() {
    assertGives(false, 0, PROBABILITY, 0, 1, INF, -MAX, MAX);
    assertGives(false, 0, PROBABILITY, 1, 0, INF, MAX, MAX);
    assertGives(false, 0, PROBABILITY, -0.0, 0.5, INF, -MAX, MAX);
    assertGives(true, 0, PROBABILITY, 0, 1, INF, -MAX_FLOAT, MAX_FLOAT);
    assertGives(true, 0, PROBABILITY, 1, 0, INF, MAX_FLOAT, MAX_FLOAT);
    assertGives(
        true, 0, PROBABILITY, 1e-44, 1, results(PROBABILITY, 1e-44, 1, true)[0], -MAX_FLOAT);
  }

  @Test
  void epsilonHoldsTheProbabilityOffThePoles() {
    var held = new BinaryCrossEntropy(0.25);
    assertGives(held, 0, 1, 2 * LOG2, 0, 0);
    assertGives(held, 1, 1, -StrictMath.log(0.75), 0, 0);
    assertGives(held, 0.25, 1, 2 * LOG2, -4, 16);
    assertGives(held, 0.75, 0, 2 * LOG2, 4, 16);
  }

  @Test
  void epsilonIsNotRoundedInTheLossAtItsEnd() {
    var held = new BinaryCrossEntropy(1e-7);
    assertGives(held, 1, 0, -StrictMath.log(1e-7), 0, 0);
    assertGives(held, 0, 1, -StrictMath.log(1e-7), 0, 0);
    assertGives(new BinaryCrossEntropy(1e-20), 1, 0, -StrictMath.log(1e-20));
  }

  @Test
  void aProbabilityOutsideTheUnitIntervalIsNaN() {
    for (double p : new double[] {-0.1, 1.1, -INF, INF, NAN}) {
      for (double t : new double[] {0, 0.5, 1}) {
        assertGives(PROBABILITY, p, t, NAN, NAN, NAN);
        assertGives(new BinaryCrossEntropy(1e-7), p, t, NAN, NAN, NAN);
      }
    }
  }

  @Test
  void crossEntropyIsLinearInTheTarget() {
    assertGives(PROBABILITY, 0.5, 2, LOG2, -6, 4);
    assertGives(LOGITS, 0, 2, LOG2, -1.5, 0.25);
    assertGives(new AsymmetricFocal(0, 0, 0), 0, 2, LOG2, -1.5, 0.25);
  }

  @Test
  void infiniteTargetsOfCrossEntropyAreNaN() {
    for (double t : new double[] {INF, -INF}) {
      for (double p : new double[] {0, 0.25, 1}) {
        assertGives(PROBABILITY, p, t, NAN, NAN, NAN);
        assertGives(new BinaryCrossEntropy(1e-7), p, t, NAN, NAN, NAN);
      }
      for (double x : new double[] {-INF, -1e30, -5, 0, 3, 1e30, INF}) {
        assertGives(LOGITS, x, t, NAN, NAN, NAN);
        assertGives(new SigmoidFocal(), x, t, NAN, NAN, NAN);
        assertGives(new AsymmetricFocal(), x, t, NAN, NAN, NAN);
        assertGives(new AsymmetricFocal(0, 0, 0), x, t, NAN, NAN, NAN);
      }
    }
  }

  @Test
  void infiniteLogitsTakeTheLimit() {
    for (var formula : List.of(LOGITS, new SigmoidFocal(2, -1), new AsymmetricFocal(1, 4, 0))) {
      assertGives(formula, INF, 1, 0, 0, 0);
      assertGives(formula, -INF, 0, 0, 0, 0);
      assertGives(formula, -INF, 1, INF, -1, 0);
      assertGives(formula, INF, 0, INF, 1, 0);
      assertGives(formula, NAN, 0, NAN, NAN, NAN);
      assertGives(formula, NAN, 1, NAN, NAN, NAN);
    }
    assertGives(new SigmoidFocal(1, -1), INF, 0.5, INF, 0.25, 0);
    assertGives(new AsymmetricFocal(), INF, 0, -StrictMath.log(0.05) * 0.81450625, 0, 0);
  }

  @Test
  void logitsHaveNoLargest() {
    assertGives(LOGITS, 1e30, 0, 1e30, 1, 0);
    assertGives(LOGITS, -1e30, 1, 1e30, -1, 0);
    double tiny = StrictMath.exp(-80);
    assertGives(LOGITS, -80, 0, tiny, tiny, tiny);
    assertGives(LOGITS, 80, 1, tiny, -tiny, tiny);
  }

  @Test
  void positiveWeightsMayBeNegative() {
    assertGives(new BinaryCrossEntropyWithLogits(-3, 0), 0, 1, -3 * LOG2, 1.5, -0.75);
  }

  @Test
  void positiveWeightsOfClassesRepeat() {
    var loss =
        PointwiseLoss.builder(new BinaryCrossEntropyWithLogits(new double[] {1, 2, 3}, 0)).build();
    double[] ones = {1, 1, 1, 1, 1, 1};
    for (boolean floats : new boolean[] {false, true}) {
      Matrix gradient = PointwiseCase.matrix(new double[6], floats);
      var elements =
          Elements.of(
              PointwiseCase.matrix(new double[6], floats), PointwiseCase.matrix(ones, floats));
      assertEquals(2 * LOG2, loss.lossAndGradient(elements, gradient), 1e-6);
      for (int i = 0; i < 6; i++) {
        double slope = floats ? gradient.floats()[i] : gradient.doubles()[i];
        assertEquals(-0.5 * (i % 3 + 1) / 6, slope, 1e-7, "element " + i);
      }
    }
  }

  @Test
  void labelSmoothingDrawsTargetsToOneHalf() {
    var smoothed = new BinaryCrossEntropyWithLogits(1, 0.25);
    double loss = StrictMath.log1p(StrictMath.exp(-2.0));
    assertGives(smoothed, 0, 1, LOG2, -0.375, 0.25);
    assertGives(smoothed, 0, 0, LOG2, 0.375, 0.25);
    assertGives(smoothed, 2, 1, loss + 0.125 * 2);
    assertGives(smoothed, 2, 0, loss + 0.875 * 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 2, 5})
  void focalLossesAreFiniteForEveryGamma(double gamma) {
    for (double x : new double[] {0, 1e-30, 1, 16, 40, 88, 104, 710, 1e4, 1e6, 1e30}) {
      for (double t : new double[] {0, 1e-30, 0.3, 0.5, 1}) {
        for (double logit : new double[] {x, -x}) {
          assertNotNaN(new SigmoidFocal(gamma, -1), logit, t);
          assertNotNaN(new SigmoidFocal(gamma, 0.25), logit, t);
        }
        assertNotNaN(new AsymmetricFocal(gamma, gamma, 0.05), -x, t);
        assertNotNaN(new AsymmetricFocal(gamma, gamma, 0.05), x, t);
        assertNotNaN(new AsymmetricFocal(gamma, gamma, 0), -x, t);
        assertNotNaN(new AsymmetricFocal(gamma, gamma, 0), x, t);
      }
    }
    assertGives(new SigmoidFocal(gamma, -1), 1e4, 1, 0, 0, 0);
    assertGives(new SigmoidFocal(gamma, -1), 1e4, 0, 1e4, 1, 0);
  }

  @Test
  void gammaZeroIsCrossEntropy() {
    for (double x : new double[] {-20, -1, 0, 3}) {
      for (double t : new double[] {0, 0.25, 1}) {
        double[] expected = results(LOGITS, x, t, false);
        assertGives(new SigmoidFocal(0, -1), x, t, expected[0], expected[1], expected[2]);
        assertGives(new AsymmetricFocal(0, 0, 0), x, t, expected[0], expected[1], expected[2]);
      }
    }
  }

  @Test
  void focalAlphaWeighsTheTarget() {
    assertGives(new SigmoidFocal(), 0, 1, 0.25 * 0.25 * LOG2);
    assertGives(new SigmoidFocal(), 0, 0, 0.75 * 0.25 * LOG2);
    assertGives(new SigmoidFocal(2, 0), INF, 1, 0, 0, 0);
    assertGives(new SigmoidFocal(2, 1), INF, 0, 0, 0, 0);
  }

  @Test
  void focalTargetsOutsideTheUnitIntervalAreNaN() {
    for (double t : new double[] {-0.1, 1.1, NAN}) {
      assertGives(new SigmoidFocal(), 0, t, NAN, NAN, NAN);
      assertGives(new SigmoidFocal(0, -1), 0, t, NAN, NAN, NAN);
    }
  }

  @Test
  void asymmetricLossBeginsAtTheMargin() {
    assertGives(new AsymmetricFocal(0, 0, 0.5), 0, 0, 0, 0, 0);
    assertGives(new AsymmetricFocal(1, 4, 0.05), -3, 0, 0, 0, 0);
    assertGives(new AsymmetricFocal(1, 4, 1), 1e6, 0, 0, 0, 0);
  }
}
