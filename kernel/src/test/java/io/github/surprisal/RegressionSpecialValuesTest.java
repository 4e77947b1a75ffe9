package io.github.surprisal;

import static io.github.surprisal.ElementResults.assertGives;
import static io.github.surprisal.ElementResults.results;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.AbsoluteError;
import io.github.surprisal.pointwise.AbsolutePercentageError;
import io.github.surprisal.pointwise.Cauchy;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.EpsilonInsensitive;
import io.github.surprisal.pointwise.Expectile;
import io.github.surprisal.pointwise.HalfSquaredError;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.LogCosh;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.PseudoHuber;
import io.github.surprisal.pointwise.Quantile;
import io.github.surprisal.pointwise.SmoothL1;
import io.github.surprisal.pointwise.SquaredError;
import io.github.surprisal.pointwise.SquaredLogarithmicError;
import io.github.surprisal.pointwise.Tukey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for each special case in the Javadoc of the losses of a number. */
class RegressionSpecialValuesTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final double LOG2 = 0.6931471805599453;

  /** A loss, and what it gives for an infinite difference p - t. */
  private record AtInfinity(Formula formula, double... expected) {
    @Override
    public String toString() {
      return formula.toString();
    }
  }

  static List<AtInfinity> losses() {
    return List.of(
        new AtInfinity(new SquaredError(), INF, INF, 2),
        new AtInfinity(new HalfSquaredError(), INF, INF, 1),
        new AtInfinity(new AbsoluteError(), INF, 1, 0),
        new AtInfinity(new Huber(0.3), INF, 0.3, 0),
        new AtInfinity(new SmoothL1(0.3), INF, 1, 0),
        new AtInfinity(new SmoothL1(0), INF, 1, 0),
        new AtInfinity(new LogCosh(), INF, 1, 0),
        new AtInfinity(new PseudoHuber(0.3), INF, 0.3, 0),
        new AtInfinity(new Quantile(0.5), INF, 0.5, 0),
        new AtInfinity(new Expectile(0.5), INF, INF, 1),
        new AtInfinity(new EpsilonInsensitive(0.3), INF, 1, 0),
        new AtInfinity(new Cauchy(0.3), INF, 0, 0),
        new AtInfinity(new Tukey(3), 1.5, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void infiniteDifference(AtInfinity loss) {
    double[] e = loss.expected;
    assertGives(loss.formula, INF, 1, e);
    assertGives(loss.formula, 1, -INF, e);
    assertGives(loss.formula, INF, -INF, e);
    assertGives(loss.formula, -INF, 1, e[0], -e[1], e[2]);
    assertGives(loss.formula, 1, INF, e[0], -e[1], e[2]);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void infinityAgainstItselfIsNaN(AtInfinity loss) {
    assertGives(loss.formula, INF, INF, NAN, NAN, NAN);
    assertGives(loss.formula, -INF, -INF, NAN, NAN, NAN);
  }

  @Test
  void squaredErrorAsPublished() {
    double[] predictions = {2.5, 5.2, 6.8};
    double mean =
        PointwiseLoss.builder(new SquaredError()).build().loss(predictions, new double[] {3, 5, 7});
    assertEquals(0.11, mean, 1e-15);
    assertGives(new SquaredError(), 0.01, 1, 0.9801, -1.98, 2);
    assertGives(new HalfSquaredError(), 0.01, 1, 0.49005, -0.99, 1);
  }

  @Test
  void kinks() {
    assertGives(new AbsoluteError(), 2, 2, 0, 0, 0);
    assertGives(new Quantile(0.9), 2, 2, 0, 0, 0);
    assertGives(new Quantile(0.75), 1, 3, 1.5, -0.75, 0);
    assertGives(new Quantile(0.75), 3, 1, 0.5, 0.25, 0);
    assertGives(new EpsilonInsensitive(0.5), 2.5, 2, 0, 0, 0);
    assertGives(new EpsilonInsensitive(0.5), 1, 2, 0.5, -1, 0);
    assertGives(new AbsolutePercentageError(), 2, 2, 0, 0, 0);
    assertGives(new SmoothL1(0.5), 2.5, 2, 0.25, 1, 0);
    assertGives(new Huber(0.5), 2.5, 2, 0.125, 0.5, 1);
    assertGives(new Tukey(3), 5, 2, 1.5, 0, 0);
    assertGives(new Expectile(0.25), 2, 2, 0, 0, 0.5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, -0.0, 0, 1e-30, 5})
  void smoothL1WithoutASquareIsAbsoluteError(double p) {
    assertGives(new SmoothL1(0), p, 0, results(new AbsoluteError(), p, 0, false));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, -0.0, 0, 1e-30, 5})
  void epsilonOfZeroIsAbsoluteError(double p) {
    assertGives(new EpsilonInsensitive(0), p, 0, results(new AbsoluteError(), p, 0, false));
  }

  @Test
  void smoothL1FormsNoSquareOfALargeDifference() {
    assertGives(new SmoothL1(1e38), 1e30, 0, 5e21, 1e-8, 1e-38);
  }

  @Test
  void logCoshOfAnyMagnitude() {
    assertGives(new LogCosh(), 1e-4, 0, 5e-9 * (1 - 1e-8 / 6), 1e-4 * (1 - 1e-8 / 3), 1 - 1e-8);
    assertGives(new LogCosh(), 1e-18, 0, 5e-37, 1e-18, 1);
    assertGives(new LogCosh(), 0, 8e37, 8e37, -1, 0);
    assertGives(new LogCosh(), 100, 0, 100 - LOG2, 1);
    assertEquals(0, results(new LogCosh(), 44.2, 0, true)[2], "4 e^-88.4 is below 2^-126");
    assertEquals(0, results(new LogCosh(), 355, 0, false)[2]);
  }

  @Test
  void pseudoHuberOfAnyMagnitude() {
    assertGives(new PseudoHuber(), 8e37, -8e37, 1.6e38, 1);
    assertGives(new PseudoHuber(0.01), 8e37, 0, 8e35, 0.01);
    assertGives(new PseudoHuber(), 1e-15, 0, 5e-31, 1e-15, 1);
    assertGives(new PseudoHuber(8e37), 1, 0, 0.5, 1, 1);
  }

  @Test
  void cauchyOfAnyMagnitude() {
    // log(1 + u^2) = 2 log u, at u = 8e37 and 8e39.
    assertGives(new Cauchy(1), 8e37, 0, StrictMath.log(8e37), 1 / 8e37);
    assertGives(new Cauchy(0.01), 8e37, 0, 1e-4 * StrictMath.log(8e39));
    assertGives(new Cauchy(1), 1e-15, 0, 5e-31, 1e-15, 1);
    assertGives(new Cauchy(8e37), 1, 0, 0.5, 1, 1);
    assertGives(new Cauchy(2), 0, 0, 0, 0, 1);
    assertGives(new Cauchy(2), 2, 0, 2 * LOG2, 1, 0);
  }

  @Test
  void tukeyKeepsASmallLoss() {
    assertGives(new Tukey(), 1e-15, 0, 5e-31, 1e-15, 1);
    assertGives(new Tukey(8e37), 1, 0, 0.5, 1, 1);
  }

  @Test
  void aSideWithFactorZeroCostsNothing() {
    assertGives(new Quantile(0), 1, INF, 0, 0, 0);
    assertGives(new Quantile(1), INF, 1, 0, 0, 0);
    assertGives(new Expectile(0), 1, INF, 0, 0, 0);
    assertGives(new Expectile(1), INF, 1, 0, 0, 0);
  }

  @Test
  void absolutePercentageErrorAtZeroAndInfinity() {
    assertGives(new AbsolutePercentageError(0.5), 2, 0, 400, 200, 0);
    assertGives(new AbsolutePercentageError(), -2, 4, 150, -25, 0);
    assertGives(new AbsolutePercentageError(), INF, 4, INF, 25, 0);
    assertGives(new AbsolutePercentageError(), 3, INF, 100, 0, 0);
    assertGives(new AbsolutePercentageError(), 3, -INF, 100, 0, 0);
    assertGives(new AbsolutePercentageError(), INF, INF, NAN, NAN, NAN);
    assertGives(new AbsolutePercentageError(), INF, -INF, NAN, NAN, NAN);
  }

  @Test
  void squaredLogarithmicErrorNearItsTarget() {
    double g = StrictMath.log1p(1 / 1048576.0);
    assertGives(new SquaredLogarithmicError(), 1048576, 1048575, g * g, 2 * g / 1048577);
  }

  @Test
  void squaredLogarithmicErrorFarFromItsTarget() {
    var loss = new SquaredLogarithmicError();
    double g = StrictMath.log(8e37) + 24 * LOG2;
    assertGives(loss, 8e37, -1 + 0x1p-24, g * g, 2 * g / 8e37);
    assertGives(loss, -1 + 0x1p-24, 8e37, g * g, -0x1p25 * g, 0x1p49 * (1 + g));
    g = StrictMath.log(1e300) + 53 * LOG2;
    assertEquals(g * g, results(loss, 1e300, -1 + 0x1p-53, false)[0], 1e-14 * g * g);
  }

  @Test
  void squaredLogarithmicErrorAtItsEnds() {
    var loss = new SquaredLogarithmicError();
    assertGives(loss, -1, 0, INF, -INF, INF);
    assertGives(loss, INF, 0, INF, 0, 0);
    assertGives(loss, 0, INF, INF, -INF, INF);
    assertGives(loss, INF, INF, NAN, NAN, NAN);
    assertGives(loss, -1.5, 0, NAN, NAN, NAN);
    assertGives(loss, 0, -1, NAN, NAN, NAN);
    assertGives(loss, -1, -1, NAN, NAN, NAN);
    assertGives(loss, 0, -2, NAN, NAN, NAN);
    assertGives(loss, INF, -1, NAN, NAN, NAN);
  }

  @Test
  void aPredictionOutsideTheDomainIsNaNInItsElementOnly() {
    float[] losses = new float[3];
    var elements = Elements.of(new float[] {1, -2, 0}, new float[] {1, 0, 0}).losses(losses);
    double mean = PointwiseLoss.builder(new SquaredLogarithmicError()).build().loss(elements);
    assertTrue(Double.isNaN(mean));
    assertArrayEquals(new float[] {0, Float.NaN, 0}, losses);
  }

  @Test
  void conventionsOfLibraries() {
    var over = new Quantile(0.75);
    assertGives(over.hessianConvention(HessianConvention.XGBOOST), 2, 2, 0, 0.25, 1);
    assertGives(over.hessianConvention(HessianConvention.LIGHTGBM), 2, 2, 0, 0.25, 1);
    assertGives(new AbsoluteError().hessianConvention(HessianConvention.XGBOOST), 2, 2, 0, 0, 1);
    var bounded = new PseudoHuber(4).hessianConvention(HessianConvention.XGBOOST_3_5);
    assertGives(bounded, 3, 0, 4, 2.4, 0.8);
    var percent = new AbsolutePercentageError();
    assertGives(percent.hessianConvention(HessianConvention.LIGHTGBM), 2, 4, 50, -25, 100);
    var logarithmic = new SquaredLogarithmicError().hessianConvention(HessianConvention.XGBOOST);
    double g = StrictMath.log(1e-6);
    assertGives(logarithmic, -1, 0, INF, 2e6 * g, 2e12 * (1 - g));
    assertGives(logarithmic, 1e5, 0, results(new SquaredLogarithmicError(), 1e5, 0, false)[0]);
    assertGives(logarithmic, INF, 0, INF, 0, 2e-6);
    assertGives(logarithmic, -2, 0, NAN, NAN, NAN);
  }

  @Test
  void aConventionThatDoesNotDefineALossRefusesIt() {
    var lightgbm = HessianConvention.LIGHTGBM;
    var xgboost = HessianConvention.XGBOOST;
    for (Formula formula :
        List.of(new SmoothL1(), new LogCosh(), new Expectile(0.5), new Cauchy(1), new Tukey())) {
      refuses(() -> formula.hessianConvention(xgboost));
      refuses(() -> formula.hessianConvention(lightgbm));
    }
    refuses(() -> new PseudoHuber().hessianConvention(lightgbm));
    refuses(() -> new SquaredLogarithmicError().hessianConvention(lightgbm));
    refuses(() -> new AbsolutePercentageError().hessianConvention(xgboost));
    for (Formula formula : List.of(new AbsoluteError(), new Quantile(0.5), new Huber())) {
      refuses(() -> formula.hessianConvention(HessianConvention.XGBOOST_3_5));
    }
  }

  @Test
  void optionsAreChecked() {
    for (double bad : new double[] {-1, INF, NAN}) {
      refuses(() -> new SmoothL1(bad));
      refuses(() -> new PseudoHuber(bad));
      refuses(() -> new Quantile(bad));
      refuses(() -> new Expectile(bad));
      refuses(() -> new EpsilonInsensitive(bad));
      refuses(() -> new AbsolutePercentageError(bad));
      refuses(() -> new Cauchy(bad));
      refuses(() -> new Tukey(bad));
    }
    refuses(() -> new PseudoHuber(0));
    refuses(() -> new AbsolutePercentageError(0));
    refuses(() -> new Cauchy(0));
    refuses(() -> new Tukey(0));
  }

  @Test
  void aScaleThatRoundsToZeroOrInfinityGivesNumbers() {
    for (double scale : new double[] {1e-300, 1e300}) {
      for (Formula formula :
          List.of(
              new PseudoHuber(scale),
              new Cauchy(scale),
              new Tukey(scale),
              new SmoothL1(scale),
              new AbsolutePercentageError(scale))) {
        for (double p : new double[] {0, 1e-30, 3, 1e30}) {
          for (double result : results(formula, p, 0, true)) {
            assertTrue(!Double.isNaN(result), () -> formula + " of " + p);
          }
        }
      }
    }
  }

  private static void refuses(Executable made) {
    assertThrows(IllegalArgumentException.class, made);
  }

  @Test
  void optionsHaveTheUsualDefaults() {
    assertEquals(new Quantile(0.5), new Quantile());
    assertEquals(new Expectile(0.5), new Expectile());
    assertEquals(new EpsilonInsensitive(0.1), new EpsilonInsensitive());
    assertEquals(new Cauchy(1), new Cauchy());
    assertEquals(new SmoothL1(1), new SmoothL1());
    assertEquals(new Tukey(4.685), new Tukey());
  }
}
