package io.github.surprisal.bench.conformance.loss;

import static io.github.surprisal.bench.conformance.loss.Bounds.ofElements;

import io.github.surprisal.AbsoluteError;
import io.github.surprisal.AbsolutePercentageError;
import io.github.surprisal.Cauchy;
import io.github.surprisal.EpsilonInsensitive;
import io.github.surprisal.Expectile;
import io.github.surprisal.HalfSquaredError;
import io.github.surprisal.Huber;
import io.github.surprisal.LogCosh;
import io.github.surprisal.PseudoHuber;
import io.github.surprisal.Quantile;
import io.github.surprisal.SmoothL1;
import io.github.surprisal.SquaredError;
import io.github.surprisal.SquaredLogarithmicError;
import io.github.surprisal.Tukey;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.reference.PointwiseFormula;
import io.github.surprisal.reference.RegressionLosses;
import io.github.surprisal.reference.RobustLosses;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** The losses of a number, with the bounds that their Javadoc states. */
final class RegressionTable {
  static final List<Loss> ALL =
      List.of(
          plain("mse", new SquaredError(), new RegressionLosses.Mse(), ofElements(2, 1, 1)),
          plain(
              "half_mse",
              new HalfSquaredError(),
              new RegressionLosses.HalfMse(),
              ofElements(2, 1, 0)),
          plain("l1", new AbsoluteError(), new RegressionLosses.L1(), ofElements(1, 0, 0)),
          plain(
              "msle",
              new SquaredLogarithmicError(),
              new RegressionLosses.Msle(),
              ofElements(8, 6, 6)),
          plain("log_cosh", new LogCosh(), new RobustLosses.LogCosh(), ofElements(6, 4, 4)),
          withOption("huber", "delta", 1, Huber::new, RobustLosses.Huber::new, ofElements(3, 1, 1)),
          withOption(
              "smooth_l1",
              "beta",
              1,
              SmoothL1::new,
              RobustLosses.SmoothL1::new,
              ofElements(4, 3, 1)),
          withOption(
              "pseudo_huber",
              "delta",
              1,
              PseudoHuber::new,
              RobustLosses.PseudoHuber::new,
              ofElements(4, 3, 8)),
          withOption(
              "quantile",
              "alpha",
              0.5,
              Quantile::new,
              RegressionLosses.Quantile::new,
              ofElements(3, 1, 0)),
          withOption(
              "expectile",
              "alpha",
              0.5,
              Expectile::new,
              RegressionLosses.Expectile::new,
              ofElements(4, 3, 1)),
          withOption(
              "epsilon_insensitive",
              "epsilon",
              0.1,
              EpsilonInsensitive::new,
              RegressionLosses.EpsilonInsensitive::new,
              ofElements(2, 0, 0)),
          withOption(
              "mape",
              "epsilon",
              1e-7,
              AbsolutePercentageError::new,
              RegressionLosses.Mape::new,
              ofElements(4, 2, 0)),
          withOption("cauchy", "c", 1, Cauchy::new, RobustLosses.Cauchy::new, ofElements(8, 6, 8)),
          withOption(
              "tukey", "c", 4.685, Tukey::new, RobustLosses.Tukey::new, ofElements(6, 8, 8)));

  private RegressionTable() {}

  private static Loss plain(String name, Formula kernel, PointwiseFormula oracle, Bounds bounds) {
    return new PointwiseCaseLoss(name, Map.of(), c -> kernel, c -> oracle, bounds);
  }

  private static Loss withOption(
      String name,
      String option,
      double usual,
      DoubleFunction<Formula> kernel,
      DoubleFunction<PointwiseFormula> oracle,
      Bounds bounds) {
    return new PointwiseCaseLoss(
        name,
        Map.of(option, usual),
        c -> kernel.apply(c.number(option)),
        c -> oracle.apply(c.number(option)),
        bounds);
  }
}
