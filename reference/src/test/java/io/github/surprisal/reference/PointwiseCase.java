package io.github.surprisal.reference;

import io.github.surprisal.reference.LikelihoodLosses.CountTerm;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Gamma;

/**
 * A pointwise loss, what a textbook says its value is, in double and sound for small numbers only,
 * and points (prediction, target, second parameter) away from its kinks.
 */
record PointwiseCase(PointwiseFormula formula, Textbook textbook, double[]... points) {

  interface Textbook {
    double value(double p, double t, double extra);
  }

  private static final double[][] PROBABILITIES = {{0.3, 0.8}, {0.01, 1}, {0.9, 0}, {0.5, 0.25}};
  private static final double[][] LOGITS = {
    {0.7, 1, 1}, {-2.5, 1, 3}, {3, 0, 0.5}, {-4, 0, 2}, {1.5, 0.3, 1.25}, {-0.2, 0.9, 0.1}
  };
  private static final double[][] SIGNED = {{0.3, 1}, {-0.7, 1}, {1.7, -1}, {-2.2, -1}, {3, 1}};
  private static final double[][] PLAIN = {
    {0.3, 0.25}, {1, 3.5}, {-2, 0.5}, {4, -3}, {7, 6.25}, {0, 1e-3}
  };
  private static final double[][] POSITIVE = {
    {0.3, 2, 0.5}, {1.25, 3, 2}, {2.5, 0.5, 3}, {0.1, 7.5, 0.25}
  };
  private static final double[][] NEGATIVE = {{-0.3, 0.5}, {-2, 0.1}, {-0.01, 0.9}};

  static List<PointwiseCase> all() {
    return List.of(
        new PointwiseCase(
            new BinaryLosses.BinaryCrossEntropy(0), (p, t, e) -> bce(p, t), PROBABILITIES),
        new PointwiseCase(
            new BinaryLosses.BinaryCrossEntropy(0.2),
            (p, t, e) -> bce(Math.max(0.2, Math.min(0.8, p)), t),
            PROBABILITIES),
        new PointwiseCase(
            new BinaryLosses.BinaryCrossEntropyWithLogits(1, 0.1),
            (x, t, e) ->
                -e * (0.9 * t + 0.05) * Math.log(sigmoid(x))
                    - (0.95 - 0.9 * t) * Math.log(sigmoid(-x)),
            LOGITS),
        focal(2, 0.25),
        focal(0.5, -1),
        focal(0, 0.9),
        asymmetric(1, 4, 0.05),
        asymmetric(0, 0, 0.1),
        asymmetric(2.5, 0.5, 0),
        new PointwiseCase(
            new MarginLosses.SoftMargin(), (p, t, e) -> Math.log(1 + Math.exp(-t * p)), SIGNED),
        new PointwiseCase(new MarginLosses.Exponential(), (p, t, e) -> Math.exp(-t * p), SIGNED),
        new PointwiseCase(new MarginLosses.Hinge(1), (p, t, e) -> Math.max(0, 1 - t * p), SIGNED),
        new PointwiseCase(new MarginLosses.Hinge(0), (p, t, e) -> Math.max(0, -t * p), SIGNED),
        new PointwiseCase(
            new MarginLosses.SquaredHinge(1),
            (p, t, e) -> Math.pow(Math.max(0, 1 - t * p), 2),
            SIGNED),
        difference(new RegressionLosses.SquaredError(), d -> d * d),
        difference(new RegressionLosses.HalfSquaredError(), d -> d * d / 2),
        difference(new RegressionLosses.AbsoluteError(), Math::abs),
        difference(
            new RobustLosses.Huber(1.5),
            d -> Math.abs(d) <= 1.5 ? d * d / 2 : 1.5 * (Math.abs(d) - 0.75)),
        difference(
            new RobustLosses.SmoothL1(2), d -> Math.abs(d) < 2 ? d * d / 4 : Math.abs(d) - 1),
        difference(new RobustLosses.SmoothL1(0), Math::abs),
        difference(new RobustLosses.LogCosh(), d -> Math.log(Math.cosh(d))),
        difference(new RobustLosses.PseudoHuber(2), d -> 4 * (Math.sqrt(1 + d * d / 4) - 1)),
        difference(new RegressionLosses.Quantile(0.3), d -> Math.max(-0.3 * d, (0.3 - 1) * -d)),
        difference(
            new RegressionLosses.Expectile(0.3), d -> Math.abs(0.3 - (-d < 0 ? 1 : 0)) * d * d),
        difference(
            new RegressionLosses.EpsilonInsensitive(0.1), d -> Math.max(0, Math.abs(d) - 0.1)),
        difference(new RobustLosses.Cauchy(2), d -> 2 * Math.log(1 + d * d / 4)),
        difference(
            new RobustLosses.Tukey(4.685),
            d -> 4.685 * 4.685 / 6 * (1 - Math.pow(Math.max(0, 1 - Math.pow(d / 4.685, 2)), 3))),
        new PointwiseCase(
            new RegressionLosses.AbsolutePercentageError(0.01),
            (p, t, e) -> 100 * Math.abs(p - t) / Math.max(Math.abs(t), 0.01),
            PLAIN),
        new PointwiseCase(
            new RegressionLosses.SquaredLogarithmicError(),
            (p, t, e) -> Math.pow(Math.log(1 + p) - Math.log(1 + t), 2),
            POSITIVE),
        poisson(true, CountTerm.NONE),
        poisson(false, CountTerm.STIRLING),
        poisson(true, CountTerm.STIRLING),
        poisson(true, CountTerm.EXACT),
        new PointwiseCase(
            new LikelihoodLosses.Gamma(), (p, t, e) -> t * Math.exp(-p) + p, POSITIVE),
        new PointwiseCase(
            new LikelihoodLosses.Tweedie(1), (p, t, e) -> Math.exp(p) - t * p, POSITIVE),
        new PointwiseCase(
            new LikelihoodLosses.Tweedie(1.3),
            (p, t, e) -> t * Math.exp(-0.3 * p) / 0.3 + Math.exp(0.7 * p) / 0.7,
            POSITIVE),
        new PointwiseCase(
            new LikelihoodLosses.Tweedie(2), (p, t, e) -> t * Math.exp(-p) + p, POSITIVE),
        new PointwiseCase(
            new LikelihoodLosses.GaussianNll(false, 1e-6),
            (p, t, v) -> (Math.log(v) + (p - t) * (p - t) / v) / 2,
            POSITIVE),
        new PointwiseCase(
            new LikelihoodLosses.GaussianNll(true, 1),
            (p, t, v) ->
                (Math.log(2 * Math.PI * Math.max(v, 1)) + (p - t) * (p - t) / Math.max(v, 1)) / 2,
            POSITIVE),
        new PointwiseCase(
            new LikelihoodLosses.LaplaceNll(1e-6),
            (p, t, b) -> Math.log(2 * b) + Math.abs(p - t) / b,
            POSITIVE),
        new PointwiseCase(
            new LikelihoodLosses.BernoulliKl(), (p, t, e) -> bce(p, t) - bce(t, t), PROBABILITIES),
        new PointwiseCase(
            new LikelihoodLosses.KlDivergence(false), (p, t, e) -> t * (Math.log(t) - p), NEGATIVE),
        new PointwiseCase(
            new LikelihoodLosses.KlDivergence(true), (p, t, e) -> Math.exp(t) * (t - p), NEGATIVE));
  }

  private static PointwiseCase difference(PointwiseFormula formula, DoubleUnaryOperator textbook) {
    return new PointwiseCase(formula, (p, t, e) -> textbook.applyAsDouble(p - t), PLAIN);
  }

  private static PointwiseCase focal(double gamma, double alpha) {
    return new PointwiseCase(
        new BinaryLosses.SigmoidFocal(gamma, alpha),
        (x, t, e) -> {
          double p = sigmoid(x);
          double pt = p * t + (1 - p) * (1 - t);
          double alphaT = alpha < 0 ? 1 : alpha * t + (1 - alpha) * (1 - t);
          return alphaT * Math.pow(1 - pt, gamma) * bce(p, t);
        },
        LOGITS);
  }

  private static PointwiseCase asymmetric(double positive, double negative, double margin) {
    return new PointwiseCase(
        new BinaryLosses.AsymmetricFocal(positive, negative, margin),
        (x, t, e) -> {
          double p = sigmoid(x);
          double r = Math.max(p - margin, 0);
          return -t * Math.pow(1 - p, positive) * Math.log(p)
              - (1 - t) * Math.pow(r, negative) * Math.log(1 - r);
        },
        LOGITS);
  }

  private static PointwiseCase poisson(boolean logInput, CountTerm countTerm) {
    return new PointwiseCase(
        new LikelihoodLosses.PoissonNll(logInput, countTerm, 1e-8),
        (p, t, e) -> {
          double nll = logInput ? Math.exp(p) - t * p : p - t * Math.log(p + 1e-8);
          return switch (countTerm) {
            case NONE -> nll;
            case STIRLING ->
                nll + (t > 1 ? t * Math.log(t) - t + Math.log(2 * Math.PI * t) / 2 : 0);
            case EXACT -> nll + Gamma.logGamma(t + 1);
          };
        },
        POSITIVE);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double bce(double p, double t) {
    return -(t == 0 ? 0 : t * Math.log(p)) - (t == 1 ? 0 : (1 - t) * Math.log(1 - p));
  }

  @Override
  public String toString() {
    return formula.toString();
  }
}
