package io.github.surprisal;

import static io.github.surprisal.HessianConvention.LIGHTGBM;
import static io.github.surprisal.HessianConvention.XGBOOST;
import static io.github.surprisal.HessianConvention.XGBOOST_3_5;

import io.github.surprisal.PointwiseCase.Numbers;
import io.github.surprisal.PointwiseFormulas.Entry;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.AbsoluteError;
import io.github.surprisal.pointwise.AbsolutePercentageError;
import io.github.surprisal.pointwise.Cauchy;
import io.github.surprisal.pointwise.EpsilonInsensitive;
import io.github.surprisal.pointwise.Expectile;
import io.github.surprisal.pointwise.HalfSquaredError;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.LogCosh;
import io.github.surprisal.pointwise.PseudoHuber;
import io.github.surprisal.pointwise.Quantile;
import io.github.surprisal.pointwise.SmoothL1;
import io.github.surprisal.pointwise.SquaredLogarithmicError;
import io.github.surprisal.pointwise.Tukey;
import io.github.surprisal.reference.PointwiseFormula;
import io.github.surprisal.reference.RegressionLosses;
import io.github.surprisal.reference.RobustLosses;
import java.util.List;

/** The losses of a number, most of them of the difference of prediction and target. */
final class RegressionFormulas {
  static final List<Entry> ALL =
      List.of(
          real(new HalfSquaredError(), new RegressionLosses.HalfMse()),
          real(new AbsoluteError(), new RegressionLosses.L1()),
          real(new SmoothL1(), new RobustLosses.SmoothL1(1)),
          real(new SmoothL1(0.3), new RobustLosses.SmoothL1(0.3)),
          real(new SmoothL1(0), new RobustLosses.SmoothL1(0)),
          real(new SmoothL1(1e38), new RobustLosses.SmoothL1(1e38)),
          real(new LogCosh(), new RobustLosses.LogCosh()),
          real(new PseudoHuber(), new RobustLosses.PseudoHuber(1)),
          real(new PseudoHuber(0.1), new RobustLosses.PseudoHuber(0.1)),
          real(new PseudoHuber(3e5), new RobustLosses.PseudoHuber(3e5)),
          real(new Quantile(0.9), new RegressionLosses.Quantile(0.9)),
          real(new Quantile(0), new RegressionLosses.Quantile(0)),
          real(new Expectile(0.3), new RegressionLosses.Expectile(0.3)),
          real(new Expectile(1), new RegressionLosses.Expectile(1)),
          real(new EpsilonInsensitive(0.1), new RegressionLosses.EpsilonInsensitive(0.1)),
          real(new EpsilonInsensitive(0), new RegressionLosses.EpsilonInsensitive(0)),
          real(new AbsolutePercentageError(), new RegressionLosses.Mape(1e-7)),
          real(new AbsolutePercentageError(0.3), new RegressionLosses.Mape(0.3)),
          logarithmic(new SquaredLogarithmicError(), new RegressionLosses.Msle(), Numbers.COUNT),
          logarithmic(
              new SquaredLogarithmicError(), new RegressionLosses.Msle(), Numbers.ABOVE_MINUS_ONE),
          real(new Cauchy(1), new RobustLosses.Cauchy(1)),
          real(new Cauchy(0.03), new RobustLosses.Cauchy(0.03)),
          real(new Cauchy(2e25), new RobustLosses.Cauchy(2e25)),
          real(new Tukey(), new RobustLosses.Tukey(4.685)),
          real(new Tukey(1e30), new RobustLosses.Tukey(1e30)),
          xgboost(real(new HalfSquaredError(), new RegressionLosses.HalfMse())),
          lightgbm(real(new HalfSquaredError(), new RegressionLosses.HalfMse())),
          xgboost(real(new AbsoluteError(), new RegressionLosses.L1())),
          lightgbm(real(new AbsoluteError(), new RegressionLosses.L1())),
          lightgbm(real(new Huber(1.5), new RobustLosses.Huber(1.5))),
          xgboost(real(new PseudoHuber(1.5), new RobustLosses.PseudoHuber(1.5))),
          under(XGBOOST_3_5, real(new PseudoHuber(1.5), new RobustLosses.PseudoHuber(1.5))),
          xgboost(real(new Quantile(0.9), new RegressionLosses.Quantile(0.9))),
          lightgbm(real(new Quantile(0.3), new RegressionLosses.Quantile(0.3))),
          lightgbm(real(new AbsolutePercentageError(), new RegressionLosses.Mape(1e-7))),
          xgboost(
              logarithmic(
                  new SquaredLogarithmicError(), new RegressionLosses.Msle(), Numbers.COUNT)),
          xgboost(
              logarithmic(
                  new SquaredLogarithmicError(),
                  new RegressionLosses.Msle(),
                  Numbers.ABOVE_MINUS_ONE)));

  private RegressionFormulas() {}

  private static Entry real(Formula formula, PointwiseFormula oracle) {
    return new Entry(formula, oracle, Numbers.REAL, Numbers.REAL);
  }

  private static Entry logarithmic(Formula formula, PointwiseFormula oracle, Numbers numbers) {
    return new Entry(formula, oracle, numbers, numbers);
  }

  private static Entry xgboost(Entry exact) {
    return under(XGBOOST, exact);
  }

  private static Entry lightgbm(Entry exact) {
    return under(LIGHTGBM, exact);
  }

  /** A loss with the hessian of a library. */
  static Entry under(HessianConvention convention, Entry exact) {
    var reference = io.github.surprisal.reference.HessianConvention.valueOf(convention.name());
    return new Entry(
        exact.formula().hessianConvention(convention),
        reference.of(exact.oracle()),
        exact.predictions(),
        exact.targets(),
        exact.parameters());
  }
}
