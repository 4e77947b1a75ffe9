package io.github.surprisal.bench.speed;

import io.github.surprisal.AbsoluteError;
import io.github.surprisal.AbsolutePercentageError;
import io.github.surprisal.AsymmetricFocal;
import io.github.surprisal.BernoulliKl;
import io.github.surprisal.BinaryCrossEntropy;
import io.github.surprisal.BinaryCrossEntropyWithLogits;
import io.github.surprisal.Cauchy;
import io.github.surprisal.EpsilonInsensitive;
import io.github.surprisal.Expectile;
import io.github.surprisal.Gamma;
import io.github.surprisal.GaussianNll;
import io.github.surprisal.HalfSquaredError;
import io.github.surprisal.Hinge;
import io.github.surprisal.Huber;
import io.github.surprisal.KlDivergence;
import io.github.surprisal.LaplaceNll;
import io.github.surprisal.LogCosh;
import io.github.surprisal.Perceptron;
import io.github.surprisal.PoissonNll;
import io.github.surprisal.PseudoHuber;
import io.github.surprisal.Quantile;
import io.github.surprisal.SigmoidFocal;
import io.github.surprisal.SmoothL1;
import io.github.surprisal.SoftMargin;
import io.github.surprisal.SquaredError;
import io.github.surprisal.SquaredHinge;
import io.github.surprisal.SquaredLogarithmicError;
import io.github.surprisal.Tukey;
import io.github.surprisal.Tweedie;
import io.github.surprisal.formula.Formula;
import java.util.SplittableRandom;

/** The pointwise losses that {@link PointwiseBenchmark} measures, with their usual options. */
public enum MeasuredFormula {
  SQUARED_ERROR(new SquaredError(), Inputs.REAL),
  HALF_SQUARED_ERROR(new HalfSquaredError(), Inputs.REAL),
  ABSOLUTE_ERROR(new AbsoluteError(), Inputs.REAL),
  HUBER(new Huber(), Inputs.REAL),
  SMOOTH_L1(new SmoothL1(1), Inputs.REAL),
  LOG_COSH(new LogCosh(), Inputs.REAL),
  PSEUDO_HUBER(new PseudoHuber(), Inputs.REAL),
  QUANTILE(new Quantile(0.9), Inputs.REAL),
  EXPECTILE(new Expectile(0.9), Inputs.REAL),
  EPSILON_INSENSITIVE(new EpsilonInsensitive(0.1), Inputs.REAL),
  ABSOLUTE_PERCENTAGE_ERROR(new AbsolutePercentageError(), Inputs.REAL),
  SQUARED_LOGARITHMIC_ERROR(new SquaredLogarithmicError(), Inputs.POSITIVE),
  CAUCHY(new Cauchy(1), Inputs.REAL),
  TUKEY(new Tukey(), Inputs.REAL),
  BINARY_CROSS_ENTROPY(new BinaryCrossEntropy(), Inputs.PROBABILITY),
  BINARY_CROSS_ENTROPY_WITH_LOGITS(new BinaryCrossEntropyWithLogits(), Inputs.LOGIT),
  SIGMOID_FOCAL(new SigmoidFocal(), Inputs.LOGIT),
  SIGMOID_FOCAL_ANY_GAMMA(new SigmoidFocal(1.7, 0.25), Inputs.LOGIT),
  ASYMMETRIC_FOCAL(new AsymmetricFocal(), Inputs.LOGIT),
  SOFT_MARGIN(new SoftMargin(), Inputs.SIGN),
  HINGE(new Hinge(), Inputs.SIGN),
  SQUARED_HINGE(new SquaredHinge(), Inputs.SIGN),
  PERCEPTRON(new Perceptron(), Inputs.SIGN),
  POISSON_NLL(new PoissonNll(), Inputs.COUNT),
  GAMMA(new Gamma(), Inputs.POSITIVE),
  TWEEDIE(new Tweedie(), Inputs.POSITIVE),
  GAUSSIAN_NLL(new GaussianNll(), Inputs.REAL),
  LAPLACE_NLL(new LaplaceNll(), Inputs.REAL),
  BERNOULLI_KL(new BernoulliKl(), Inputs.PROBABILITY),
  KL_DIVERGENCE(new KlDivergence(), Inputs.PROBABILITY),
  /** Huber's formula again, as a user of the library would add it. */
  USERS_OWN(new OwnHuber(1), Inputs.REAL);

  /** What predictions and targets are drawn from. */
  enum Inputs {
    REAL,
    POSITIVE,
    PROBABILITY,
    LOGIT,
    SIGN,
    COUNT;

    void draw(SplittableRandom random, float[] predictions, float[] targets, int i) {
      double p = 3 * random.nextGaussian();
      double t = 3 * random.nextGaussian();
      predictions[i] =
          (float)
              switch (this) {
                case POSITIVE -> Math.abs(p);
                case PROBABILITY -> 1 / (1 + Math.exp(p));
                default -> p;
              };
      targets[i] =
          (float)
              switch (this) {
                case REAL -> t;
                case POSITIVE -> Math.abs(t);
                case PROBABILITY, LOGIT -> t < 0 ? 0 : 1;
                case SIGN -> t < 0 ? -1 : 1;
                case COUNT -> Math.rint(Math.abs(t));
              };
    }
  }

  final Formula formula;
  final Inputs inputs;

  MeasuredFormula(Formula formula, Inputs inputs) {
    this.formula = formula;
    this.inputs = inputs;
  }
}
