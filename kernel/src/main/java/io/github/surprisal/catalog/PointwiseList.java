package io.github.surprisal.catalog;

import static io.github.surprisal.catalog.Values.ABOVE_MINUS_ONE;
import static io.github.surprisal.catalog.Values.LOGIT;
import static io.github.surprisal.catalog.Values.LOG_PROBABILITY;
import static io.github.surprisal.catalog.Values.NON_NEGATIVE;
import static io.github.surprisal.catalog.Values.POSITIVE;
import static io.github.surprisal.catalog.Values.PROBABILITY;
import static io.github.surprisal.catalog.Values.REAL;
import static io.github.surprisal.catalog.Values.SIGN;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.AbsoluteError;
import io.github.surprisal.pointwise.AbsolutePercentageError;
import io.github.surprisal.pointwise.AsymmetricFocal;
import io.github.surprisal.pointwise.BernoulliKl;
import io.github.surprisal.pointwise.BinaryCrossEntropy;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.pointwise.Cauchy;
import io.github.surprisal.pointwise.EpsilonInsensitive;
import io.github.surprisal.pointwise.Expectile;
import io.github.surprisal.pointwise.Exponential;
import io.github.surprisal.pointwise.Gamma;
import io.github.surprisal.pointwise.GaussianNll;
import io.github.surprisal.pointwise.HalfSquaredError;
import io.github.surprisal.pointwise.Hinge;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.KlDivergence;
import io.github.surprisal.pointwise.LaplaceNll;
import io.github.surprisal.pointwise.LogCosh;
import io.github.surprisal.pointwise.Perceptron;
import io.github.surprisal.pointwise.PoissonNll;
import io.github.surprisal.pointwise.PseudoHuber;
import io.github.surprisal.pointwise.Quantile;
import io.github.surprisal.pointwise.SigmoidFocal;
import io.github.surprisal.pointwise.SmoothL1;
import io.github.surprisal.pointwise.SoftMargin;
import io.github.surprisal.pointwise.SquaredError;
import io.github.surprisal.pointwise.SquaredHinge;
import io.github.surprisal.pointwise.SquaredLogarithmicError;
import io.github.surprisal.pointwise.Tukey;
import io.github.surprisal.pointwise.Tweedie;
import java.util.List;

/** The losses of prediction and target. */
final class PointwiseList {
  static final List<PointwiseInfo> ALL =
      List.of(
          of("mse", new SquaredError(), REAL, REAL, "d^2 (MSE)"),
          of("half_mse", new HalfSquaredError(), REAL, REAL, "d^2 / 2"),
          of("l1", new AbsoluteError(), REAL, REAL, "abs(d) (MAE, L1)"),
          of("huber", new Huber(), REAL, REAL, "d^2 / 2, from delta on linear"),
          of(
              "smooth_l1",
              new SmoothL1(),
              REAL,
              REAL,
              "d^2 / (2 beta), from beta on abs(d) - beta / 2"),
          of("log_cosh", new LogCosh(), REAL, REAL, "log cosh d"),
          of(
              "pseudo_huber",
              new PseudoHuber(),
              REAL,
              REAL,
              "delta^2 (sqrt(1 + (d / delta)^2) - 1)"),
          of(
              "quantile",
              new Quantile(0.5),
              REAL,
              REAL,
              "max(alpha r, (alpha - 1) r), r = -d (pinball)"),
          of("expectile", new Expectile(0.5), REAL, REAL, "abs(alpha - [r < 0]) r^2"),
          of(
              "epsilon_insensitive",
              new EpsilonInsensitive(0.1),
              REAL,
              REAL,
              "max(0, abs(d) - eps)"),
          of(
              "mape",
              new AbsolutePercentageError(),
              REAL,
              REAL,
              "100 abs(d) / max(abs(t), eps) (MAPE)"),
          of(
              "msle",
              new SquaredLogarithmicError(),
              ABOVE_MINUS_ONE,
              ABOVE_MINUS_ONE,
              "log((1 + p) / (1 + t))^2 (MSLE)"),
          of("cauchy", new Cauchy(1), REAL, REAL, "c^2 / 2 log(1 + (d / c)^2)"),
          of(
              "tukey",
              new Tukey(),
              REAL,
              REAL,
              "c^2 / 6 (1 - (1 - (d / c)^2)^3), constant from c on"),
          of(
              "binary_cross_entropy",
              new BinaryCrossEntropy(),
              PROBABILITY,
              PROBABILITY,
              "-t log p - (1 - t) log(1 - p); option epsilon"),
          of(
              "binary_cross_entropy_with_logits",
              new BinaryCrossEntropyWithLogits(),
              LOGIT,
              PROBABILITY,
              "(1 - t) softplus(x) + P t softplus(-x); smoothing, P per class"),
          of(
              "sigmoid_focal",
              new SigmoidFocal(),
              LOGIT,
              PROBABILITY,
              "alpha_t (1 - p_t)^gamma BCE"),
          of(
              "asymmetric_focal",
              new AsymmetricFocal(),
              LOGIT,
              PROBABILITY,
              "gammas for positives and negatives, margin"),
          of("soft_margin", new SoftMargin(), REAL, SIGN, "softplus(-t p)"),
          of("hinge", new Hinge(), REAL, SIGN, "max(0, m - t p)"),
          of("squared_hinge", new SquaredHinge(), REAL, SIGN, "max(0, m - t p)^2"),
          of("exponential", new Exponential(), REAL, SIGN, "e^(-t p)"),
          of("perceptron", new Perceptron(), REAL, SIGN, "max(0, -t p)"),
          of(
              "poisson_nll",
              new PoissonNll(),
              REAL,
              NON_NEGATIVE,
              "e^p - t p, or p - t log(p + eps); full by Stirling or exact"),
          of("gamma", new Gamma(), REAL, POSITIVE, "t e^-p + p"),
          of(
              "tweedie",
              new Tweedie(),
              REAL,
              NON_NEGATIVE,
              "e^((2 - rho) p) / (2 - rho) - t e^((1 - rho) p) / (1 - rho)"),
          of(
              "gaussian_nll",
              new GaussianNll(),
              REAL,
              REAL,
              "(log v + d^2 / v) / 2; gradients for both"),
          of(
              "laplace_nll",
              new LaplaceNll(),
              REAL,
              REAL,
              "log(2 b) + abs(d) / b; gradients for both"),
          of(
              "bernoulli_kl",
              new BernoulliKl(),
              PROBABILITY,
              PROBABILITY,
              "t log(t / p) + (1 - t) log((1 - t) / (1 - p))"),
          of(
              "kl_div",
              new KlDivergence(),
              LOG_PROBABILITY,
              PROBABILITY,
              "t (log t - p), or e^t (t - p)"));

  private PointwiseList() {}

  private static PointwiseInfo of(
      String name, Formula formula, Values predictions, Values targets, String text) {
    return new PointwiseInfo(name, formula, predictions, targets, text);
  }
}
