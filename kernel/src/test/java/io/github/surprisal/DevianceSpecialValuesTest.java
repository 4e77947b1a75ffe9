package io.github.surprisal;

import static io.github.surprisal.HessianConvention.LIGHTGBM;
import static io.github.surprisal.HessianConvention.XGBOOST;
import static io.github.surprisal.HessianConvention.XGBOOST_3_5;
import static io.github.surprisal.SpecialValues.HUGE;
import static io.github.surprisal.SpecialValues.INF;
import static io.github.surprisal.SpecialValues.NAN;
import static io.github.surprisal.SpecialValues.assertGives;
import static io.github.surprisal.SpecialValues.assertUndefined;
import static io.github.surprisal.SpecialValues.at;
import static io.github.surprisal.SpecialValues.results;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.Gamma;
import io.github.surprisal.pointwise.PoissonNll;
import io.github.surprisal.pointwise.Tweedie;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One test for each special case of Gamma and Tweedie deviance. */
class DevianceSpecialValuesTest {
  private static final Formula GAMMA = new Gamma();
  private static final Formula TWEEDIE = new Tweedie();

  @Test
  void gammaSplitsALargeExponential() {
    double quotient = 0x1p-100 * Math.exp(100);
    assertGives(GAMMA, at(-100, 0x1p-100), quotient - 100, 1 - quotient, quotient);
    quotient = 0x1p-149 * Math.exp(190);
    assertGives(GAMMA, at(-190, 0x1p-149), quotient, -quotient, quotient);
    assertGives(true, 0, GAMMA, at(-HUGE, 1), INF, -INF, INF);
    assertGives(GAMMA, at(HUGE, HUGE), HUGE, 1, 0);
  }

  @Test
  void gammaOutsideItsDomain() {
    for (double p : new double[] {-INF, -1, 0, INF}) {
      assertUndefined(GAMMA, p, 0);
      assertUndefined(GAMMA, p, -0.0);
      assertUndefined(GAMMA, p, -1);
    }
  }

  @Test
  void gammaOfInfinities() {
    assertGives(GAMMA, at(-INF, 2), INF, -INF, INF);
    assertGives(GAMMA, at(-3, INF), INF, -INF, INF);
    assertGives(GAMMA, at(-INF, INF), INF, -INF, INF);
    assertGives(GAMMA, at(INF, 2), INF, 1, 0);
    assertUndefined(GAMMA, INF, INF);
  }

  @Test
  void tweedieEndsAsPoissonAndGamma() {
    for (double p : new double[] {-2, 0.3, 4, INF}) {
      double[] poisson = results(false, new PoissonNll(), p, 1.5);
      assertGives(new Tweedie(1), at(p, 1.5), poisson);
      assertGives(new Tweedie(2), at(p, 1.5), results(false, GAMMA, p, 1.5));
    }
  }

  @Test
  void tweedieIsFiniteUnlessATermOverflows() {
    double claim = 0x1p-149 * Math.exp(190);
    assertGives(TWEEDIE, at(-380, 0x1p-149), 2 * claim, -claim, claim / 2);
    assertGives(TWEEDIE, at(150, 1), 2 * Math.exp(75), Math.exp(75), Math.exp(75) / 2);
    assertGives(true, 0, TWEEDIE, at(HUGE, 1), INF, INF, INF);
    assertGives(true, 0, TWEEDIE, at(-HUGE, 1), INF, -INF, INF);
    assertGives(TWEEDIE, at(-HUGE, 0), 0, 0, 0);
  }

  @Test
  void tweedieOutsideItsDomain() {
    for (double p : new double[] {-INF, -1, 0, INF}) {
      assertUndefined(TWEEDIE, p, -1e-3);
      assertUndefined(new Tweedie(1), p, -1e-3);
      assertUndefined(new Tweedie(2), p, 0);
    }
    assertThrows(IllegalArgumentException.class, () -> new Tweedie(0.99));
    assertThrows(IllegalArgumentException.class, () -> new Tweedie(NAN));
    assertEquals(1.5, new Tweedie().rho());
  }

  @Test
  void tweedieOfInfinities() {
    assertGives(TWEEDIE, at(INF, 0), INF, INF, INF);
    assertGives(TWEEDIE, at(INF, 2), INF, INF, INF);
    assertGives(TWEEDIE, at(-INF, 2), INF, -INF, INF);
    assertGives(TWEEDIE, at(-INF, 0), 0, 0, 0);
    assertGives(TWEEDIE, at(200, INF), INF, -INF, INF);
    assertUndefined(TWEEDIE, INF, INF);
  }

  @Test
  void librariesTakeTheExactHessianBeforeXgboost35() {
    for (var convention : List.of(XGBOOST, LIGHTGBM)) {
      assertGives(GAMMA.hessianConvention(convention), at(0, 2), 2, -1, 2);
      assertGives(TWEEDIE.hessianConvention(convention), at(0, 2), 6, -1, 1.5);
    }
    assertGives(GAMMA.hessianConvention(XGBOOST_3_5), at(0, 4), 4, -3, 3);
    assertGives(new Tweedie(2).hessianConvention(XGBOOST_3_5), at(0, 4), 4, -3, 3);
    assertGives(new Tweedie(1).hessianConvention(XGBOOST_3_5), at(0, 7), 1, -6, 3);
    assertGives(
        new Tweedie(1.25).hessianConvention(XGBOOST_3_5), at(0, 7), 4 * 7 + 4 / 3.0, -6, 3.5);
    assertGives(
        new Tweedie(1).hessianConvention(XGBOOST_3_5).hessianConvention(XGBOOST),
        at(0, 7),
        1,
        -6,
        1);
  }
}
