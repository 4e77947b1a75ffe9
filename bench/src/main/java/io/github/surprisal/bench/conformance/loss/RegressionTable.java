package io.github.surprisal.bench.conformance.loss;

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
import io.github.surprisal.pointwise.SquaredError;
import io.github.surprisal.pointwise.SquaredLogarithmicError;
import io.github.surprisal.pointwise.Tukey;
import io.github.surprisal.reference.PointwiseFormula;
import io.github.surprisal.reference.RegressionLosses;
import io.github.surprisal.reference.RobustLosses;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** The losses of a number. */
final class RegressionTable {
  static final List<Loss> ALL =
      List.of(
          plain("mse", new SquaredError(), new RegressionLosses.Mse()),
          plain("half_mse", new HalfSquaredError(), new RegressionLosses.HalfMse()),
          plain("l1", new AbsoluteError(), new RegressionLosses.L1()),
          plain("msle", new SquaredLogarithmicError(), new RegressionLosses.Msle()),
          plain("log_cosh", new LogCosh(), new RobustLosses.LogCosh()),
          withOption("huber", "delta", 1, Huber::new, RobustLosses.Huber::new),
          withOption("smooth_l1", "beta", 1, SmoothL1::new, RobustLosses.SmoothL1::new),
          withOption("pseudo_huber", "delta", 1, PseudoHuber::new, RobustLosses.PseudoHuber::new),
          withOption("quantile", "alpha", 0.5, Quantile::new, RegressionLosses.Quantile::new),
          withOption("expectile", "alpha", 0.5, Expectile::new, RegressionLosses.Expectile::new),
          withOption(
              "epsilon_insensitive",
              "epsilon",
              0.1,
              EpsilonInsensitive::new,
              RegressionLosses.EpsilonInsensitive::new),
          withOption(
              "mape", "epsilon", 1e-7, AbsolutePercentageError::new, RegressionLosses.Mape::new),
          withOption("cauchy", "c", 1, Cauchy::new, RobustLosses.Cauchy::new),
          withOption("tukey", "c", 4.685, Tukey::new, RobustLosses.Tukey::new));

  private RegressionTable() {}

  private static Loss plain(String name, Formula kernel, PointwiseFormula oracle) {
    return new PointwiseCaseLoss(name, Map.of(), c -> kernel, c -> oracle, kernel.bounds());
  }

  private static Loss withOption(
      String name,
      String option,
      double usual,
      DoubleFunction<Formula> kernel,
      DoubleFunction<PointwiseFormula> oracle) {
    return new PointwiseCaseLoss(
        name,
        Map.of(option, usual),
        c -> kernel.apply(c.number(option)),
        c -> oracle.apply(c.number(option)),
        kernel.apply(usual).bounds());
  }
}
