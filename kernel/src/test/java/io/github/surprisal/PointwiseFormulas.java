package io.github.surprisal;

import static io.github.surprisal.catalog.Values.ABOVE_MINUS_ONE;
import static io.github.surprisal.catalog.Values.BINARY;
import static io.github.surprisal.catalog.Values.LOG_PROBABILITY;
import static io.github.surprisal.catalog.Values.NON_NEGATIVE;
import static io.github.surprisal.catalog.Values.POSITIVE;
import static io.github.surprisal.catalog.Values.PROBABILITY;

import io.github.surprisal.catalog.Losses;
import io.github.surprisal.catalog.PointwiseInfo;
import io.github.surprisal.catalog.Values;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.AbsolutePercentageError;
import io.github.surprisal.pointwise.AsymmetricFocal;
import io.github.surprisal.pointwise.BinaryCrossEntropy;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.pointwise.Cauchy;
import io.github.surprisal.pointwise.EpsilonInsensitive;
import io.github.surprisal.pointwise.Expectile;
import io.github.surprisal.pointwise.GaussianNll;
import io.github.surprisal.pointwise.Hinge;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.KlDivergence;
import io.github.surprisal.pointwise.LaplaceNll;
import io.github.surprisal.pointwise.PoissonNll;
import io.github.surprisal.pointwise.PoissonNll.CountTerm;
import io.github.surprisal.pointwise.PseudoHuber;
import io.github.surprisal.pointwise.Quantile;
import io.github.surprisal.pointwise.SigmoidFocal;
import io.github.surprisal.pointwise.SmoothL1;
import io.github.surprisal.pointwise.SquaredHinge;
import io.github.surprisal.pointwise.Tukey;
import io.github.surprisal.pointwise.Tweedie;
import io.github.surprisal.reference.PointwiseFormula;
import io.github.surprisal.reference.PointwiseLosses;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every pointwise loss of the catalog, with its oracle and what it is given. */
final class PointwiseFormulas {
  /**
   * One loss with options.
   *
   * @param formula the kernel's
   * @param oracle the oracle's
   * @param predictions what predictions are drawn from
   * @param targets what targets are drawn from
   * @param parameters what the parameter is drawn from, or null
   */
  record Entry(
      Formula formula,
      PointwiseFormula oracle,
      Values predictions,
      Values targets,
      Values parameters) {
    @Override
    public String toString() {
      return formula.toString();
    }
  }

  /** Options that are unlike the usual ones: between, at, and next to their ends. */
  private static final List<Formula> OPTIONS =
      List.of(
          new Huber(1.5),
          new SmoothL1(0.3),
          new SmoothL1(0),
          new SmoothL1(1e38),
          new PseudoHuber(0.1),
          new PseudoHuber(1.5),
          new PseudoHuber(3e5),
          new Quantile(0.9),
          new Quantile(0),
          new Expectile(0.3),
          new Expectile(1),
          new EpsilonInsensitive(0),
          new AbsolutePercentageError(0.3),
          new Cauchy(0.03),
          new Cauchy(2e25),
          new Tukey(1e30),
          new BinaryCrossEntropy(1e-7),
          new BinaryCrossEntropy(0.125),
          new BinaryCrossEntropyWithLogits(1, 1e-6),
          new BinaryCrossEntropyWithLogits(3.5, 0.125),
          new SigmoidFocal(0, -1),
          new SigmoidFocal(0.5, -1),
          new SigmoidFocal(0.5, 0.75),
          new SigmoidFocal(1, 0.5),
          new SigmoidFocal(2.3, -1),
          new SigmoidFocal(5, -1),
          new AsymmetricFocal(0, 0, 0),
          new AsymmetricFocal(0.5, 2, 0.3),
          new AsymmetricFocal(2, 1, 0),
          new AsymmetricFocal(2.5, 3.3, 0.75),
          new Hinge(0.3),
          new SquaredHinge(0),
          new PoissonNll(true, CountTerm.STIRLING, 1e-8),
          new PoissonNll(true, CountTerm.EXACT, 1e-8),
          new PoissonNll(false, CountTerm.NONE, 1e-8),
          new PoissonNll(false, CountTerm.STIRLING, 0),
          new PoissonNll(false, CountTerm.EXACT, 0.01),
          new Tweedie(1),
          new Tweedie(1 + 1e-3),
          new Tweedie(1.3),
          new Tweedie(1.999),
          new Tweedie(2),
          new GaussianNll(true, 0.3),
          new LaplaceNll(0.3),
          new KlDivergence(true));

  static final List<Entry> ALL =
      Stream.concat(Losses.pointwise().stream().map(PointwiseInfo::formula), OPTIONS.stream())
          .flatMap(formula -> entries(formula).stream())
          .flatMap(entry -> withConventions(entry).stream())
          .toList();

  private PointwiseFormulas() {}

  private static List<Entry> entries(Formula formula) {
    var info = (PointwiseInfo) Losses.named(formula.getClass().getSimpleName());
    boolean isRate = formula instanceof PoissonNll poisson && !poisson.logInput();
    Values predictions = isRate ? POSITIVE : info.predictions();
    Values targets =
        switch (formula) {
          case KlDivergence divergence when divergence.logTarget() -> LOG_PROBABILITY;
          case Tweedie tweedie when tweedie.rho() == 2 -> POSITIVE;
          default -> info.targets();
        };
    var all = new ArrayList<Entry>();
    all.add(entry(formula, predictions, targets));
    if (targets == PROBABILITY) {
      all.add(entry(formula, predictions, BINARY));
    } else if (predictions == ABOVE_MINUS_ONE) {
      all.add(entry(formula, NON_NEGATIVE, NON_NEGATIVE));
    }
    return all;
  }

  private static Entry entry(Formula formula, Values predictions, Values targets) {
    boolean ofElement = formula.parameterName() != null && formula.parameterValues() == null;
    var oracle = PointwiseLosses.like((Record) formula);
    return new Entry(formula, oracle, predictions, targets, ofElement ? POSITIVE : null);
  }

  /** It, and it with the hessian of each library that defines one. */
  private static List<Entry> withConventions(Entry exact) {
    var all = new ArrayList<Entry>(List.of(exact));
    for (var convention : HessianConvention.values()) {
      Formula formula;
      try {
        formula = exact.formula().hessianConvention(convention);
      } catch (IllegalArgumentException undefined) {
        continue;
      }
      if (formula != exact.formula()) {
        var reference = io.github.surprisal.reference.HessianConvention.valueOf(convention.name());
        var oracle = reference.of(exact.oracle());
        all.add(
            new Entry(formula, oracle, exact.predictions(), exact.targets(), exact.parameters()));
      }
    }
    return all;
  }
}
