package io.github.surprisal.bench.workload;

import static io.github.surprisal.bench.workload.MeasuredLoss.ofElements;
import static io.github.surprisal.bench.workload.MeasuredLoss.ofRows;
import static io.github.surprisal.bench.workload.MeasuredLoss.ofTeacher;

import io.github.surprisal.AbsoluteError;
import io.github.surprisal.AbsolutePercentageError;
import io.github.surprisal.AsymmetricFocal;
import io.github.surprisal.BernoulliKl;
import io.github.surprisal.BinaryCrossEntropy;
import io.github.surprisal.BinaryCrossEntropyWithLogits;
import io.github.surprisal.Cauchy;
import io.github.surprisal.CrammerSinger;
import io.github.surprisal.CrossEntropy;
import io.github.surprisal.Distillation;
import io.github.surprisal.EpsilonInsensitive;
import io.github.surprisal.Expectile;
import io.github.surprisal.Gamma;
import io.github.surprisal.GaussianNll;
import io.github.surprisal.GeneralizedCrossEntropy;
import io.github.surprisal.HalfSquaredError;
import io.github.surprisal.Hinge;
import io.github.surprisal.Huber;
import io.github.surprisal.KlDivergence;
import io.github.surprisal.LaplaceNll;
import io.github.surprisal.LogCosh;
import io.github.surprisal.MultiMargin;
import io.github.surprisal.Perceptron;
import io.github.surprisal.PoissonNll;
import io.github.surprisal.PolyLoss;
import io.github.surprisal.PseudoHuber;
import io.github.surprisal.Quantile;
import io.github.surprisal.SigmoidFocal;
import io.github.surprisal.SmoothL1;
import io.github.surprisal.SoftMargin;
import io.github.surprisal.SoftmaxFocal;
import io.github.surprisal.SparsemaxLoss;
import io.github.surprisal.SquaredError;
import io.github.surprisal.SquaredHinge;
import io.github.surprisal.SquaredLogarithmicError;
import io.github.surprisal.Tukey;
import io.github.surprisal.Tweedie;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Every loss that the benchmark measures. */
public final class MeasuredLosses {
  /** All of them. */
  public static final List<MeasuredLoss> ALL =
      List.of(
          ofRows("cross_entropy", CrossEntropy.create(), Map.of()),
          ofRows(
              "cross_entropy+label_smoothing",
              CrossEntropy.builder().labelSmoothing(0.1).build(),
              Map.of("label_smoothing", 0.1)),
          new MeasuredLoss(
              "cross_entropy+weights",
              Inputs.LABELS,
              null,
              classes -> CrossEntropy.builder().classWeights(weights(classes)).build(),
              classes -> Map.of("weight", weights(classes))),
          ofRows(
              "cross_entropy+z_loss",
              CrossEntropy.builder().zLoss(1e-4).build(),
              Map.of("z_loss", 1e-4)),
          ofRows(
              "cross_entropy+temperature",
              CrossEntropy.builder().temperature(0.7).build(),
              Map.of("temperature", 0.7)),
          ofRows(
              "cross_entropy+softcap",
              CrossEntropy.builder().softcap(30).build(),
              Map.of("softcap", 30.0)),
          ofRows("softmax_focal", SoftmaxFocal.builder().build(), Map.of()),
          ofRows("poly1", PolyLoss.builder().build(), Map.of()),
          ofRows("generalized_cross_entropy", GeneralizedCrossEntropy.builder().build(), Map.of()),
          ofRows("multi_margin", MultiMargin.create(), Map.of()),
          ofRows("crammer_singer", CrammerSinger.create(), Map.of()),
          ofRows("sparsemax", SparsemaxLoss.create(), Map.of()),
          ofTeacher("distillation_kl", Distillation.forwardKl().build()),
          ofTeacher("distillation_reverse_kl", Distillation.reverseKl().build()),
          ofTeacher("distillation_js", Distillation.jensenShannon(0.5).build()),
          ofTeacher("total_variation", Distillation.totalVariation().build()),
          ofElements("mse", Inputs.REAL, new SquaredError()),
          ofElements("half_mse", Inputs.REAL, new HalfSquaredError()),
          ofElements("l1", Inputs.REAL, new AbsoluteError()),
          ofElements("huber", Inputs.REAL, new Huber()),
          ofElements("huber+own_formula", Inputs.REAL, new OwnHuber(1)),
          ofElements("smooth_l1", Inputs.REAL, new SmoothL1(1)),
          ofElements("log_cosh", Inputs.REAL, new LogCosh()),
          ofElements("pseudo_huber", Inputs.REAL, new PseudoHuber()),
          ofElements("quantile", Inputs.REAL, new Quantile(0.5)),
          ofElements("expectile", Inputs.REAL, new Expectile(0.5)),
          ofElements("epsilon_insensitive", Inputs.REAL, new EpsilonInsensitive(0.1)),
          ofElements("mape", Inputs.REAL, new AbsolutePercentageError()),
          ofElements("msle", Inputs.POSITIVE, new SquaredLogarithmicError()),
          ofElements("cauchy", Inputs.REAL, new Cauchy(1)),
          ofElements("tukey", Inputs.REAL, new Tukey()),
          ofElements("binary_cross_entropy", Inputs.PROBABILITY, new BinaryCrossEntropy()),
          ofElements(
              "binary_cross_entropy_with_logits", Inputs.LOGIT, new BinaryCrossEntropyWithLogits()),
          ofElements("sigmoid_focal", Inputs.LOGIT, new SigmoidFocal()),
          new MeasuredLoss(
              "sigmoid_focal+gamma",
              Inputs.LOGIT,
              new SigmoidFocal(1.7, 0.25),
              null,
              classes -> Map.of("gamma", 1.7)),
          ofElements("asymmetric_focal", Inputs.LOGIT, new AsymmetricFocal()),
          ofElements("soft_margin", Inputs.SIGN, new SoftMargin()),
          ofElements("hinge", Inputs.SIGN, new Hinge()),
          ofElements("squared_hinge", Inputs.SIGN, new SquaredHinge()),
          ofElements("perceptron", Inputs.SIGN, new Perceptron()),
          ofElements("poisson_nll", Inputs.COUNT, new PoissonNll()),
          ofElements("gamma", Inputs.POSITIVE, new Gamma()),
          ofElements("tweedie", Inputs.POSITIVE, new Tweedie()),
          ofElements("gaussian_nll", Inputs.REAL, new GaussianNll()),
          ofElements("laplace_nll", Inputs.REAL, new LaplaceNll()),
          ofElements("bernoulli_kl", Inputs.PROBABILITY, new BernoulliKl()),
          ofElements("kl_div", Inputs.LOG_PROBABILITY, new KlDivergence()));

  private MeasuredLosses() {}

  /** The loss of this name, or of this class in any case. */
  public static MeasuredLoss named(String name) {
    return ALL.stream()
        .filter(loss -> loss.name().equals(name))
        .findFirst()
        .or(() ->
            ALL.stream()
                .filter(loss ->
                    loss.className().equalsIgnoreCase(name) || loss.name().equalsIgnoreCase(name))
                .findFirst())
        .orElseThrow(() ->
            new IllegalArgumentException("loss = %s, expected one of %s".formatted(name, ALL)));
  }

  /** The losses of these names; null or "all" for every one. */
  public static List<MeasuredLoss> select(List<String> names) {
    return names == null || names.equals(List.of("all"))
        ? ALL
        : names.stream().map(MeasuredLosses::named).toList();
  }

  private static double[] weights(int classes) {
    double[] weights = new double[classes];
    Arrays.setAll(weights, c -> 0.5 + c % 8 / 8.0);
    return weights;
  }
}
