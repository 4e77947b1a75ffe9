package io.github.surprisal;

import static io.github.surprisal.SpecialValues.INF;
import static io.github.surprisal.SpecialValues.NAN;
import static io.github.surprisal.SpecialValues.assertGives;
import static io.github.surprisal.SpecialValues.assertUndefined;
import static io.github.surprisal.SpecialValues.at;
import static io.github.surprisal.SpecialValues.results;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.GaussianNll;
import io.github.surprisal.pointwise.LaplaceNll;
import org.junit.jupiter.api.Test;

/** One test for each special case of the Gaussian and Laplace likelihoods. */
class DispersionSpecialValuesTest {
  private static final double HALF_LOG_2PI = 0.9189385332046727;

  private static final Formula GAUSSIAN = new GaussianNll(false, 0.5);
  private static final Formula LAPLACE = new LaplaceNll(0.5);

  @Test
  void gaussianOfAStandardNormalAsPublished() {
    assertGives(new GaussianNll(), at(3, 3, 1), 0, 0, 1, 0.5);
    assertGives(new GaussianNll(true, 1e-6), at(3, 3, 1), HALF_LOG_2PI, 0, 1, 0.5);
    assertEquals(0.9189, results(true, new GaussianNll(true, 1e-6), 3, 3, 1)[0], 5e-5);
  }

  @Test
  void smallVarianceIsRaisedAndHasNoSlope() {
    double value = (Math.log(0.5) + 8) / 2;
    assertGives(GAUSSIAN, at(2, 0, 0), value, 4, 2, 0);
    assertGives(GAUSSIAN, at(2, 0, 0.25), value, 4, 2, 0);
    assertGives(GAUSSIAN, at(2, 0, 0.5), value, 4, 2, -7);
    var least = new GaussianNll(false, Double.MIN_VALUE);
    double floor = Float.MIN_NORMAL;
    assertGives(true, 1e-6, least, at(1, 1, 0), Math.log(floor) / 2, 0, 1 / floor, 0);
  }

  @Test
  void negativeVarianceAndScaleAreNaN() {
    assertUndefined(GAUSSIAN, 1, 2, -1e-3);
    assertUndefined(GAUSSIAN, 1, 2, -INF);
    assertUndefined(LAPLACE, 1, 2, -1e-3);
    assertUndefined(LAPLACE, 1, 1, -INF);
    assertGives(GAUSSIAN, at(1, 1, -0.0), Math.log(0.5) / 2, 0, 2, 0);
    assertGives(LAPLACE, at(1, 1, -0.0), 0, 0, 0, 0);
  }

  @Test
  void squareOfADistanceMayOverflow() {
    double d = 1e30;
    double v = 1e35;
    double quotient = d * d / v;
    assertGives(GAUSSIAN, at(d, 0, v), quotient / 2, d / v, 1 / v, (1 / v - d / v * (d / v)) / 2);
    assertGives(true, 1e-6, GAUSSIAN, at(d, 0, 1), INF, d, 1, -INF);
  }

  @Test
  void gaussianOfInfinities() {
    assertGives(GAUSSIAN, at(1, 2, INF), INF, 0, 0, 0);
    assertGives(GAUSSIAN, at(INF, 2, 1), INF, INF, 1, -INF);
    assertGives(GAUSSIAN, at(2, INF, 1), INF, -INF, 1, -INF);
    assertEquals(NAN, results(false, GAUSSIAN, INF, 2, INF)[0]);
    assertUndefined(GAUSSIAN, INF, INF, 1);
    assertUndefined(GAUSSIAN, INF, INF, 0);
  }

  @Test
  void laplaceAtNoDistance() {
    assertGives(LAPLACE, at(3, 3, 2), Math.log(4), 0, 0, 0.5);
  }

  @Test
  void smallScaleIsRaisedAndHasNoSlope() {
    assertGives(LAPLACE, at(2, 0, 0), 4, 2, 0, 0);
    assertGives(LAPLACE, at(0, 2, 0.25), 4, -2, 0, 0);
    assertGives(LAPLACE, at(0, 2, 0.5), 4, -2, 0, -6);
    var least = new LaplaceNll(Double.MIN_VALUE);
    assertGives(true, 1e-6, least, at(1, 1, 0), Math.log(2 * (double) Float.MIN_NORMAL), 0, 0, 0);
  }

  @Test
  void laplaceOfInfinities() {
    assertGives(LAPLACE, at(1, 2, INF), INF, 0, 0, 0);
    assertGives(LAPLACE, at(INF, 2, 1), INF, 1, 0, -INF);
    assertGives(LAPLACE, at(2, INF, 2), INF, -0.5, 0, -INF);
    assertEquals(NAN, results(false, LAPLACE, INF, 2, INF)[0]);
    assertUndefined(LAPLACE, INF, INF, 1);
    assertUndefined(LAPLACE, -INF, -INF, 0);
  }

  @Test
  void epsilonIsChecked() {
    for (double epsilon : new double[] {-1, 0, NAN, INF}) {
      assertThrows(IllegalArgumentException.class, () -> new GaussianNll(false, epsilon));
      assertThrows(IllegalArgumentException.class, () -> new LaplaceNll(epsilon));
    }
  }

  @Test
  void librariesHaveNoSuchHessian() {
    assertThrows(
        IllegalArgumentException.class,
        () -> GAUSSIAN.hessianConvention(HessianConvention.XGBOOST));
    assertThrows(
        IllegalArgumentException.class,
        () -> LAPLACE.hessianConvention(HessianConvention.LIGHTGBM));
  }
}
