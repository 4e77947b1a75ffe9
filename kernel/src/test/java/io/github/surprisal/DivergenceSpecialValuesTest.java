package io.github.surprisal;

import static io.github.surprisal.SpecialValues.HUGE;
import static io.github.surprisal.SpecialValues.INF;
import static io.github.surprisal.SpecialValues.NAN;
import static io.github.surprisal.SpecialValues.assertGives;
import static io.github.surprisal.SpecialValues.assertUndefined;
import static io.github.surprisal.SpecialValues.at;
import static io.github.surprisal.SpecialValues.results;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.BernoulliKl;
import io.github.surprisal.pointwise.KlDivergence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One test for each special case of the divergences. */
class DivergenceSpecialValuesTest {
  private static final Formula BERNOULLI = new BernoulliKl();
  private static final Formula KL = new KlDivergence();
  private static final Formula LOG_KL = new KlDivergence(true);

  @Test
  void divergenceVanishesWhereProbabilitiesAgree() {
    for (double p : new double[] {0, -0.0, 1e-45, 0.375, 1}) {
      assertEquals(0, results(true, BERNOULLI, p, p)[0]);
      assertEquals(0, results(false, BERNOULLI, p, p)[0]);
    }
    double d = 0x1p-20;
    double exact = d * d * 2;
    assertEquals(exact, results(true, BERNOULLI, 0.5 + d, 0.5)[0], 4 * d * 0x1p-24);
    assertEquals(exact, results(false, BERNOULLI, 0.5 + d, 0.5)[0], 4 * d * 0x1p-53);
  }

  @Test
  void deniedTargetsCostInfinity() {
    for (boolean floats : new boolean[] {false, true}) {
      double max = floats ? Float.MAX_VALUE : Double.MAX_VALUE;
      assertGives(floats, 0, BERNOULLI, at(0, 1), INF, -max, max);
      assertGives(floats, 0, BERNOULLI, at(-0.0, 0.5), INF, -max, max);
      assertGives(floats, 0, BERNOULLI, at(1, 0), INF, max, max);
      assertGives(floats, 0, BERNOULLI, at(1, 0.5), INF, max, max);
    }
    // t / p overflows, its logarithm does not.
    assertGives(BERNOULLI, at(0x1p-140, 1), 140 * Math.log(2));
    assertGives(false, 1e-14, BERNOULLI, at(0x1p-1070, 1), 1070 * Math.log(2));
  }

  @Test
  void impossibleEventsThatAreCertainCostNothing() {
    assertGives(BERNOULLI, at(0, 0), 0, 1, 1);
    assertGives(BERNOULLI, at(1, 1), 0, -1, 1);
    assertGives(BERNOULLI, at(0.25, 0), Math.log(4.0 / 3), 4.0 / 3, 16.0 / 9);
  }

  @Test
  void bernoulliOutsideOfProbabilities() {
    for (double outside : new double[] {-1e-3, 1.5, INF, -INF}) {
      assertUndefined(BERNOULLI, outside, 0.5);
      assertUndefined(BERNOULLI, 0.5, outside);
      assertUndefined(BERNOULLI, outside, 0);
      assertUndefined(BERNOULLI, 1, outside);
    }
  }

  @Test
  void targetOfNoProbabilityCostsNothing() {
    for (double p : new double[] {-INF, -3, 0, INF}) {
      assertGives(KL, at(p, 0), 0, 0, 0);
      assertGives(KL, at(p, -0.0), 0, 0, 0);
      assertGives(LOG_KL, at(p, -INF), 0, 0, 0);
    }
  }

  @Test
  void impossiblePredictionsCostInfinity() {
    assertGives(KL, at(-INF, 0.5), INF, -0.5, 0);
    assertGives(LOG_KL, at(-INF, 0), INF, -1, 0);
    assertGives(LOG_KL, at(-INF, -1000), INF, -0.0, 0);
  }

  @Test
  void nothingElseHasToBeAProbability() {
    assertUndefined(KL, -1, -1e-3);
    assertUndefined(KL, -INF, -INF);
    assertGives(KL, at(1, 2), 2 * (Math.log(2) - 1), -2, 0);
    assertGives(LOG_KL, at(2, 1), -Math.E, -Math.E, 0);
  }

  @Test
  void infiniteTargetsCostInfinity() {
    for (Formula formula : List.of(KL, LOG_KL)) {
      assertGives(formula, at(1, INF), INF, -INF, 0);
      assertGives(formula, at(-INF, INF), INF, -INF, 0);
      assertGives(formula, at(INF, INF), NAN, -INF, 0);
    }
  }

  @Test
  void productWithATinyProbabilityIsFinite() {
    assertGives(LOG_KL, at(-HUGE, -100), Math.exp(-100) * HUGE);
    assertGives(LOG_KL, at(-HUGE, -150), Math.exp(-150) * HUGE);
    assertGives(LOG_KL, at(-HUGE, -HUGE), 0, 0, 0);
  }
}
