package io.github.surprisal.reference;

import static io.github.surprisal.reference.HessianConvention.LIGHTGBM;
import static io.github.surprisal.reference.HessianConvention.XGBOOST;
import static io.github.surprisal.reference.HessianConvention.XGBOOST_3_5;
import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.reference.BinaryLosses.BinaryCrossEntropyWithLogits;
import io.github.surprisal.reference.LikelihoodLosses.CountTerm;
import io.github.surprisal.reference.LikelihoodLosses.PoissonNll;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The slopes and Hessians that XGBoost and LightGBM define. */
class HessianConventionTest {

  private static void assertGives(
      PointwiseFormula formula, double p, double t, double slope, double hessian) {
    var batch = PointwiseBatch.of(new double[] {p}, new double[] {t}).withWeights(3);
    var result = new PointwiseReference(formula, Reduction.SUM, null).evaluate(batch);
    assertEquals(3 * slope, result.gradient(FLOAT64)[0], 1e-14 * Math.abs(slope), "slope");
    assertEquals(3 * hessian, result.hessian(FLOAT64)[0], 1e-14 * Math.abs(hessian), "hessian");
  }

  @Test
  void xgboostFloorsTheLogisticHessian() {
    PointwiseFormula logistic = new BinaryCrossEntropyWithLogits(5, 0);
    assertGives(XGBOOST.of(logistic), 0, 1, -2.5, 1.25);
    assertGives(XGBOOST.of(logistic), 50, 0, 1, 1e-16);
    assertGives(XGBOOST.of(logistic), 50, 1, -5 / (1 + Math.exp(50)), 5e-16);
    assertGives(LIGHTGBM.of(logistic), 50, 0, 1, Math.exp(-50));
  }

  @Test
  void squaredErrorIsExact() {
    for (HessianConvention each : HessianConvention.values()) {
      assertGives(each.of(new RegressionLosses.HalfSquaredError()), 3, 1, 2, 1);
      assertGives(each.of(new RegressionLosses.SquaredError()), 3, 1, 4, 2);
    }
  }

  @Test
  void absoluteLossesHaveAConstantHessian() {
    for (HessianConvention each : List.of(XGBOOST, LIGHTGBM)) {
      assertGives(each.of(new RegressionLosses.AbsoluteError()), 3, 1, 1, 1);
      assertGives(each.of(new RegressionLosses.AbsoluteError()), 1, 1, 0, 1);
      PointwiseFormula quantile = each.of(new RegressionLosses.Quantile(0.75));
      assertGives(quantile, 3, 1, 0.25, 1);
      assertGives(quantile, 1, 1, 0.25, 1);
      assertGives(quantile, 0, 1, -0.75, 1);
    }
    assertGives(LIGHTGBM.of(new RobustLosses.Huber(1)), 9, 1, 1, 1);
    assertGives(LIGHTGBM.of(new RegressionLosses.AbsolutePercentageError(1)), 9, 4, 25, 100);
  }

  @Test
  void poissonAddsTheLargestStep() {
    for (HessianConvention each : List.of(XGBOOST, LIGHTGBM)) {
      PointwiseFormula poisson = each.of(new PoissonNll(true, CountTerm.NONE, 1e-8));
      assertGives(poisson, 0.3, 2, Math.exp(0.3) - 2, Math.exp(1));
    }
  }

  @Test
  void gammaTweedieAndPseudoHuberAreExact() {
    for (HessianConvention each : List.of(XGBOOST, LIGHTGBM)) {
      assertGives(each.of(new LikelihoodLosses.Gamma()), 0, 3, -2, 3);
      assertGives(each.of(new LikelihoodLosses.Tweedie(1.5)), 0, 3, -2, 2);
    }
    assertGives(XGBOOST.of(new RobustLosses.PseudoHuber(1)), 0, 0, 0, 1);
  }

  /** h = (rho A + (3 - rho) B) / 3 of log-means, 1 / sqrt(1 + u^2) of pseudo-Huber. */
  @Test
  void xgboost35BoundsTheStep() {
    PointwiseFormula poisson = new PoissonNll(true, CountTerm.NONE, 1e-8);
    assertGives(XGBOOST_3_5.of(poisson), 0, 7, -6, 3);
    assertGives(XGBOOST_3_5.of(poisson), Math.log(2), 5, -3, 3);
    assertGives(XGBOOST_3_5.of(new LikelihoodLosses.Gamma()), 0, 4, -3, 3);
    assertGives(XGBOOST_3_5.of(new LikelihoodLosses.Tweedie(2)), 0, 4, -3, 3);
    assertGives(XGBOOST_3_5.of(new LikelihoodLosses.Tweedie(1)), 0, 7, -6, 3);
    // At 1.5 it is the exact one.
    assertGives(XGBOOST_3_5.of(new LikelihoodLosses.Tweedie(1.5)), Math.log(4), 8, -2, 3);
    assertGives(XGBOOST_3_5.of(new LikelihoodLosses.Tweedie(1.2)), 0, 5, -4, 2.6);
    // u = 3/4 and 4/3: 1 / sqrt(1 + u^2) = 4/5 and 3/5
    assertGives(XGBOOST_3_5.of(new RobustLosses.PseudoHuber(4)), 3, 0, 2.4, 0.8);
    assertGives(XGBOOST_3_5.of(new RobustLosses.PseudoHuber(3)), 4, 0, 2.4, 0.6);
    assertNone(XGBOOST_3_5, new RegressionLosses.AbsoluteError());
    assertNone(XGBOOST_3_5, new RegressionLosses.Quantile(0.5));
  }

  @Test
  void xgboost35IsAsBeforeElsewhere() {
    for (PointwiseFormula formula :
        List.of(
            new BinaryCrossEntropyWithLogits(5, 0),
            new RegressionLosses.SquaredLogarithmicError())) {
      var batch = PointwiseBatch.of(new double[] {50}, new double[] {1});
      double[] before =
          new PointwiseReference(XGBOOST.of(formula)).evaluate(batch).hessian(FLOAT64);
      double[] after =
          new PointwiseReference(XGBOOST_3_5.of(formula)).evaluate(batch).hessian(FLOAT64);
      assertEquals(before[0], after[0]);
    }
  }

  @Test
  void xgboostFloorsTheSquaredLogarithmicHessian() {
    PointwiseFormula msle = XGBOOST.of(new RegressionLosses.SquaredLogarithmicError());
    assertGives(msle, 1, 1, 0, 0.5);
    assertGives(msle, 100, 0, 2 * Math.log(101) / 101, 2e-6);
    double log = Math.log(1e-6);
    double raised = 2 * log / 1e-6;
    var batch = PointwiseBatch.of(new double[] {-1}, new double[] {0});
    var result = new PointwiseReference(msle).evaluate(batch);
    assertEquals(Double.POSITIVE_INFINITY, result.loss(FLOAT64));
    assertEquals(raised, result.gradient(FLOAT64)[0], 1e-9 * -raised);
  }

  @Test
  void otherLossesHaveNoConvention() {
    for (PointwiseFormula formula :
        List.of(
            new RobustLosses.LogCosh(),
            new LikelihoodLosses.GaussianNll(true, 1),
            new PoissonNll(false, CountTerm.NONE, 1e-8),
            new BinaryLosses.SigmoidFocal(2, 0.25))) {
      for (HessianConvention each : HessianConvention.values()) {
        assertNone(each, formula);
      }
    }
    assertNone(XGBOOST, new RobustLosses.Huber(1));
    assertNone(LIGHTGBM, new RegressionLosses.SquaredLogarithmicError());
  }

  private static void assertNone(HessianConvention convention, PointwiseFormula formula) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> convention.of(formula)).getMessage();
    assertTrue(message.endsWith("not " + formula.name()), message);
  }
}
