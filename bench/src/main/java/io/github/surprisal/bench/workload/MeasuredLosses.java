package io.github.surprisal.bench.workload;

import static io.github.surprisal.bench.workload.MeasuredLoss.ofElements;
import static io.github.surprisal.bench.workload.MeasuredLoss.ofRows;
import static io.github.surprisal.bench.workload.MeasuredLoss.ofTeacher;

import io.github.surprisal.pointwise.AbsoluteError;
import io.github.surprisal.pointwise.AbsolutePercentageError;
import io.github.surprisal.pointwise.AsymmetricFocal;
import io.github.surprisal.pointwise.BernoulliKl;
import io.github.surprisal.pointwise.BinaryCrossEntropy;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.pointwise.Cauchy;
import io.github.surprisal.pointwise.EpsilonInsensitive;
import io.github.surprisal.pointwise.Expectile;
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
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.GeneralizedCrossEntropy;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.PolyLoss;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Every loss that the benchmark measures. */
public final class MeasuredLosses {
  /** All of them. */
  public static final List<MeasuredLoss> ALL =
      List.of(
          ofRows("cross_entropy", CrossEntropy.builder().build(), Map.of()),
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
          ofRows("multi_margin", MultiMargin.builder().build(), Map.of()),
          ofRows("crammer_singer", CrammerSinger.builder().build(), Map.of()),
          ofRows("sparsemax", SparsemaxLoss.builder().build(), Map.of()),
          ofTeacher("distillation_kl", new Divergence.ForwardKl()),
          ofTeacher("distillation_reverse_kl", new Divergence.ReverseKl()),
          ofTeacher("distillation_js", new Divergence.JensenShannon(0.5)),
          ofTeacher("total_variation", new Divergence.TotalVariation()),
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
