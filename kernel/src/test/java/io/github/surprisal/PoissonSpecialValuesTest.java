package io.github.surprisal;

import static io.github.surprisal.HessianConvention.LIGHTGBM;
import static io.github.surprisal.HessianConvention.XGBOOST;
import static io.github.surprisal.SpecialValues.HUGE;
import static io.github.surprisal.SpecialValues.INF;
import static io.github.surprisal.SpecialValues.NAN;
import static io.github.surprisal.SpecialValues.assertGives;
import static io.github.surprisal.SpecialValues.assertUndefined;
import static io.github.surprisal.SpecialValues.at;
import static io.github.surprisal.SpecialValues.results;
import static io.github.surprisal.pointwise.PoissonNll.CountTerm.EXACT;
import static io.github.surprisal.pointwise.PoissonNll.CountTerm.NONE;
import static io.github.surprisal.pointwise.PoissonNll.CountTerm.STIRLING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.PoissonNll;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One test for each special case of the Poisson likelihood. */
class PoissonSpecialValuesTest {
  private static final Formula LOG_RATE = new PoissonNll();
  private static final Formula RATE = new PoissonNll(false, NONE, 0.5);

  @Test
  void countTermsOfTwoAsPublished() {
    for (boolean logInput : new boolean[] {true, false}) {
      double none = results(true, new PoissonNll(logInput, NONE, 0), 1, 2)[0];
      double stirling = results(true, new PoissonNll(logInput, STIRLING, 0), 1, 2)[0];
      double exact = results(true, new PoissonNll(logInput, EXACT, 0), 1, 2)[0];
      assertEquals(0.6518, stirling - none, 5e-5);
      assertEquals(0.6931, exact - none, 5e-5);
    }
  }

  @Test
  void countsOfZeroAndOneHaveNoTerm() {
    for (double t : new double[] {0, 1}) {
      double[] expected = {Math.E - t, Math.E - t, Math.E};
      assertGives(new PoissonNll(true, STIRLING, 0), at(1, t), expected);
      assertGives(new PoissonNll(true, EXACT, 0), at(1, t), expected);
    }
    double halfFactorial = Math.log(Math.sqrt(Math.PI) / 2);
    assertGives(new PoissonNll(true, EXACT, 0), at(0, 0.5), 1 + halfFactorial, 0.5, 1);
    assertGives(new PoissonNll(true, STIRLING, 0), at(0, 0.5), 1, 0.5, 1);
  }

  @Test
  void poissonOfLogRatesIsFiniteUnlessTheRateOverflows() {
    assertGives(LOG_RATE, at(-HUGE, 0.25), HUGE / 4, -0.25, 0);
    assertGives(true, 0, LOG_RATE, at(100, 3), INF, INF, INF);
    assertGives(true, 0, LOG_RATE, at(HUGE, HUGE), INF, INF, INF);
    // log t! and t p alone overflow.
    double t = 1e37;
    double logT = 37 * Math.log(10);
    double[] expected = {t * (logT - 81) + Math.exp(80), Math.exp(80) - t, Math.exp(80)};
    assertGives(new PoissonNll(true, EXACT, 0), at(80, t), expected);
    assertGives(new PoissonNll(true, STIRLING, 0), at(80, t), expected);
  }

  @Test
  void poissonRefusesNegativeCountsAndRates() {
    for (var term : PoissonNll.CountTerm.values()) {
      for (double p : new double[] {-INF, -1, 0, 2, INF}) {
        assertUndefined(new PoissonNll(true, term, 0.5), p, -1e-3);
        assertUndefined(new PoissonNll(false, term, 0.5), p, -1e-3);
      }
      for (double t : new double[] {0, 1, INF}) {
        assertUndefined(new PoissonNll(false, term, 0.5), -0.625, t);
        assertUndefined(new PoissonNll(false, term, 0.5), -INF, t);
      }
    }
  }

  @Test
  void rateOfMinusEpsilonIsAPole() {
    assertGives(RATE, at(-0.5, 2), INF, -INF, INF);
    assertGives(RATE, at(-0.5, 0), -0.5, 1, 0);
    assertGives(new PoissonNll(false, NONE, 0), at(-0.0, 2), INF, -INF, INF);
    assertGives(new PoissonNll(false, NONE, 0), at(0, 0), 0, 1, 0);
  }

  @Test
  void poissonOfInfiniteRates() {
    for (var term : PoissonNll.CountTerm.values()) {
      var logRate = new PoissonNll(true, term, 0);
      assertGives(logRate, at(-INF, 2), INF, -2, 0);
      assertGives(logRate, at(-INF, 0), 0, 0, 0);
      assertGives(logRate, at(INF, 0), INF, INF, INF);
      assertGives(logRate, at(INF, 2), INF, INF, INF);
      assertGives(new PoissonNll(false, term, 0.5), at(INF, 0), INF, 1, 0);
      assertGives(new PoissonNll(false, term, 0.5), at(INF, 2), INF, 1, 0);
    }
  }

  @Test
  void poissonOfInfiniteCounts() {
    for (var term : PoissonNll.CountTerm.values()) {
      for (double p : new double[] {-3, 1, 100}) {
        double value = term == NONE && p > 0 ? -INF : INF;
        assertGives(new PoissonNll(true, term, 0), at(p, INF), value, -INF);
      }
    }
  }

  @Test
  void poissonHessiansOfLibraries() {
    for (var convention : List.of(XGBOOST, LIGHTGBM)) {
      for (var term : PoissonNll.CountTerm.values()) {
        var formula = new PoissonNll(true, term, 0).hessianConvention(convention);
        assertEquals(Math.exp(1.7), results(false, formula, 1, 0)[2], 1e-14);
        assertEquals(Math.E, results(false, formula, 1, 0)[1], 1e-14);
      }
      assertThrows(IllegalArgumentException.class, () -> RATE.hessianConvention(convention));
    }
  }

  @Test
  void poissonChecksItsOptions() {
    for (double epsilon : new double[] {-1, NAN, INF}) {
      assertThrows(IllegalArgumentException.class, () -> new PoissonNll(false, NONE, epsilon));
    }
    assertThrows(NullPointerException.class, () -> new PoissonNll(true, null, 0));
  }
}
