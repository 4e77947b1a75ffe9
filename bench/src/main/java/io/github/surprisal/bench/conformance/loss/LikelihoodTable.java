package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.loss.PointwiseCaseLoss.Parameter;
import io.github.surprisal.pointwise.BernoulliKl;
import io.github.surprisal.pointwise.Gamma;
import io.github.surprisal.pointwise.GaussianNll;
import io.github.surprisal.pointwise.KlDivergence;
import io.github.surprisal.pointwise.LaplaceNll;
import io.github.surprisal.pointwise.PoissonNll;
import io.github.surprisal.pointwise.Tweedie;
import io.github.surprisal.reference.LikelihoodLosses;
import java.util.List;
import java.util.Map;

/** Likelihoods and divergences. */
final class LikelihoodTable {
  private static final List<Object> FLAG = List.of(false, true);

  static final List<Loss> ALL =
      List.of(
          new PointwiseCaseLoss(
              "poisson_nll",
              Map.of(
                  "log_input",
                  List.of(true, false),
                  "full",
                  List.of(false, true, "exact"),
                  "epsilon",
                  1e-8),
              c ->
                  new PoissonNll(
                      c.flag("log_input"),
                      PoissonNll.CountTerm.valueOf(countTerm(c)),
                      c.number("epsilon")),
              c ->
                  new LikelihoodLosses.PoissonNll(
                      c.flag("log_input"),
                      LikelihoodLosses.CountTerm.valueOf(countTerm(c)),
                      c.number("epsilon")),
              new PoissonNll().bounds()),
          new PointwiseCaseLoss(
              "gamma",
              Map.of(),
              c -> new Gamma(),
              c -> new LikelihoodLosses.Gamma(),
              new Gamma().bounds()),
          new PointwiseCaseLoss(
              "tweedie",
              Map.of("rho", 1.5),
              c -> new Tweedie(c.number("rho")),
              c -> new LikelihoodLosses.Tweedie(c.number("rho")),
              new Tweedie().bounds()),
          new PointwiseCaseLoss(
                  "gaussian_nll",
                  Map.of("full", FLAG, "epsilon", 1e-6),
                  c -> new GaussianNll(c.flag("full"), c.number("epsilon")),
                  c -> new LikelihoodLosses.GaussianNll(c.flag("full"), c.number("epsilon")),
                  new GaussianNll().bounds())
              .with(Parameter.VARIANCE),
          new PointwiseCaseLoss(
                  "laplace_nll",
                  Map.of("epsilon", 1e-6),
                  c -> new LaplaceNll(c.number("epsilon")),
                  c -> new LikelihoodLosses.LaplaceNll(c.number("epsilon")),
                  new LaplaceNll().bounds())
              .with(Parameter.SCALE),
          new PointwiseCaseLoss(
              "bernoulli_kl",
              Map.of(),
              c -> new BernoulliKl(),
              c -> new LikelihoodLosses.BernoulliKl(),
              new BernoulliKl().bounds()),
          new PointwiseCaseLoss(
                  "kl_div",
                  Map.of("log_target", FLAG),
                  c -> new KlDivergence(c.flag("log_target")),
                  c -> new LikelihoodLosses.KlDiv(c.flag("log_target")),
                  new KlDivergence().bounds())
              .withBatchMean());

  private LikelihoodTable() {}

  /** PyTorch's full adds Stirling's formula. */
  private static String countTerm(PointwiseCase c) {
    Object full = c.value("full");
    return full.equals("exact") ? "EXACT" : full.equals(true) ? "STIRLING" : "NONE";
  }
}
