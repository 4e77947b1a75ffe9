package io.github.surprisal;

import io.github.surprisal.PointwiseCase.Numbers;
import io.github.surprisal.PointwiseFormulas.Entry;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.BernoulliKl;
import io.github.surprisal.pointwise.Gamma;
import io.github.surprisal.pointwise.GaussianNll;
import io.github.surprisal.pointwise.KlDivergence;
import io.github.surprisal.pointwise.LaplaceNll;
import io.github.surprisal.pointwise.PoissonNll;
import io.github.surprisal.pointwise.Tweedie;
import io.github.surprisal.reference.LikelihoodLosses;
import io.github.surprisal.reference.PointwiseFormula;
import java.util.List;

/** Likelihoods, deviances and divergences. */
final class LikelihoodFormulas {
  static final List<Entry> ALL =
      List.of(
          logRate(PoissonNll.CountTerm.NONE, LikelihoodLosses.CountTerm.NONE),
          logRate(PoissonNll.CountTerm.STIRLING, LikelihoodLosses.CountTerm.STIRLING),
          logRate(PoissonNll.CountTerm.EXACT, LikelihoodLosses.CountTerm.EXACT),
          rate(PoissonNll.CountTerm.NONE, LikelihoodLosses.CountTerm.NONE, 1e-8),
          rate(PoissonNll.CountTerm.STIRLING, LikelihoodLosses.CountTerm.STIRLING, 0),
          rate(PoissonNll.CountTerm.EXACT, LikelihoodLosses.CountTerm.EXACT, 0.01),
          conventional(
              new PoissonNll(),
              new LikelihoodLosses.PoissonNll(true, LikelihoodLosses.CountTerm.NONE, 1e-8)),
          gamma(new Gamma(), new LikelihoodLosses.Gamma()),
          gamma(new Tweedie(2), new LikelihoodLosses.Tweedie(2)),
          conventional(new Gamma(), new LikelihoodLosses.Gamma()),
          bounded(logRate(PoissonNll.CountTerm.NONE, LikelihoodLosses.CountTerm.NONE)),
          bounded(logRate(PoissonNll.CountTerm.EXACT, LikelihoodLosses.CountTerm.EXACT)),
          bounded(gamma(new Gamma(), new LikelihoodLosses.Gamma())),
          bounded(tweedie(1)),
          bounded(tweedie(1.3)),
          bounded(gamma(new Tweedie(2), new LikelihoodLosses.Tweedie(2))),
          tweedie(1),
          tweedie(1 + 1e-3),
          tweedie(1.3),
          tweedie(1.5),
          tweedie(1.999),
          conventional(new Tweedie(), new LikelihoodLosses.Tweedie(1.5)),
          dispersed(new GaussianNll(), new LikelihoodLosses.GaussianNll(false, 1e-6)),
          dispersed(new GaussianNll(true, 0.3), new LikelihoodLosses.GaussianNll(true, 0.3)),
          dispersed(new LaplaceNll(), new LikelihoodLosses.LaplaceNll(1e-6)),
          dispersed(new LaplaceNll(0.3), new LikelihoodLosses.LaplaceNll(0.3)),
          new Entry(
              new BernoulliKl(),
              new LikelihoodLosses.BernoulliKl(),
              Numbers.UNIT,
              Numbers.UNIT,
              null),
          new Entry(
              new KlDivergence(),
              new LikelihoodLosses.KlDiv(false),
              Numbers.NEGATIVE,
              Numbers.UNIT),
          new Entry(
              new KlDivergence(true),
              new LikelihoodLosses.KlDiv(true),
              Numbers.NEGATIVE,
              Numbers.NEGATIVE));

  private LikelihoodFormulas() {}

  private static Entry logRate(PoissonNll.CountTerm term, LikelihoodLosses.CountTerm same) {
    return new Entry(
        new PoissonNll(true, term, 1e-8),
        new LikelihoodLosses.PoissonNll(true, same, 1e-8),
        Numbers.REAL,
        Numbers.COUNT);
  }

  private static Entry rate(
      PoissonNll.CountTerm term, LikelihoodLosses.CountTerm same, double epsilon) {
    return new Entry(
        new PoissonNll(false, term, epsilon),
        new LikelihoodLosses.PoissonNll(false, same, epsilon),
        Numbers.POSITIVE,
        Numbers.COUNT);
  }

  private static Entry gamma(Formula formula, PointwiseFormula oracle) {
    return new Entry(formula, oracle, Numbers.REAL, Numbers.POSITIVE);
  }

  private static Entry tweedie(double rho) {
    return new Entry(
        new Tweedie(rho), new LikelihoodLosses.Tweedie(rho), Numbers.REAL, Numbers.COUNT);
  }

  private static Entry conventional(Formula formula, PointwiseFormula oracle) {
    return new Entry(
        formula.hessianConvention(HessianConvention.XGBOOST),
        io.github.surprisal.reference.HessianConvention.XGBOOST.of(oracle),
        Numbers.REAL,
        Numbers.POSITIVE);
  }

  /** A log-mean with the hessian of XGBoost 3.5. */
  private static Entry bounded(Entry exact) {
    return RegressionFormulas.under(HessianConvention.XGBOOST_3_5, exact);
  }

  private static Entry dispersed(Formula formula, PointwiseFormula oracle) {
    return new Entry(formula, oracle, Numbers.REAL, Numbers.REAL, Numbers.POSITIVE);
  }
}
