package io.github.surprisal.reference;

/** Negative log-likelihoods, deviances and divergences. */
public final class LikelihoodLosses {

  private LikelihoodLosses() {}

  private static boolean isBelowZero(Real<?> x) {
    return x.isNegative() && !x.isZero();
  }

  /** x log x, 0 at 0. */
  private static <R extends Real<R>> R xLogX(R x) {
    return x.log().weightedBy(x);
  }

  /** What {@link PoissonNll} adds for the target. */
  public enum CountTerm {
    /** Nothing. */
    NONE,
    /** Stirling's formula t log t - t + log(2 pi t)/2 where t > 1, else nothing. */
    STIRLING,
    /** log t!, as log Gamma(t + 1). */
    EXACT
  }

  /**
   * Poisson: e^p - t p, or p - t log(p + epsilon) if the prediction is not a logarithm. A negative
   * target is NaN, and so is p + epsilon below 0; p + epsilon = 0 is a pole where t > 0.
   *
   * @param logInput whether the prediction is the logarithm of the rate
   * @param full what is added for the target
   * @param epsilon at least 0, for a rate
   */
  public record PoissonNll(boolean logInput, CountTerm full, double epsilon)
      implements PointwiseFormula {
    /** Checks epsilon. */
    public PoissonNll {
      Arguments.requireNonNegative("epsilon", epsilon);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      R shifted = p.add(type.threshold(epsilon));
      if (isBelowZero(t) || !logInput && isBelowZero(shifted)) {
        return Element.undefined(p);
      }
      Element<R> loss = logInput ? ofLogRate(p, t) : ofRate(p, shifted, t);
      return loss.withValue(countTerm(loss.value(), t));
    }

    /** The rate outgrows every multiple of its logarithm. */
    private static <R extends Real<R>> Element<R> ofRate(R p, R shifted, R t) {
      R ratio = t.isZero() ? t : t.divide(shifted.abs());
      Terms<R> value = Terms.of(p).plus(shifted.log().weightedBy(t).negate());
      return Element.of(
          p.isInfinite() ? Terms.of(p) : value,
          Terms.of(p.constant(1)).plus(ratio.negate()),
          Terms.of(t.isZero() ? t : ratio.divide(shifted.abs())));
    }

    private <R extends Real<R>> Terms<R> countTerm(Terms<R> value, R t) {
      return switch (full) {
        case NONE -> value;
        case EXACT -> t.isInfinite() ? Terms.of(t) : value.plus(t.add(1).logGamma());
        case STIRLING -> t.isGreaterThan(t.constant(1)) ? stirling(value, t) : value;
      };
    }

    private static <R extends Real<R>> Terms<R> stirling(Terms<R> value, R t) {
      R last = t.pi().multiply(2).multiply(t).log().multiply(0.5);
      return t.isInfinite() ? Terms.of(t) : value.plus(xLogX(t)).plus(t.negate()).plus(last);
    }
  }

  /** e^p - t p, where e^p outgrows p. */
  private static <R extends Real<R>> Element<R> ofLogRate(R p, R t) {
    R rate = p.exp();
    Terms<R> value = Terms.of(rate).plus(p.weightedBy(t).negate());
    return Element.of(
        p.isInfinite() && !p.isNegative() ? Terms.of(rate) : value,
        Terms.of(rate).plus(t.negate()),
        Terms.of(rate));
  }

  /** Gamma deviance with a logarithmic link: t e^-p + p. A target of 0 or below is NaN. */
  public record Gamma() implements PointwiseFormula {
    /** e^-p outgrows p. */
    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      if (isBelowZero(t) || t.isZero()) {
        return Element.undefined(p);
      }
      R ratio = p.negate().exp().weightedBy(t);
      return Element.of(
          ratio.isInfinite() ? Terms.of(ratio) : Terms.of(ratio).plus(p),
          Terms.of(p.constant(1)).plus(ratio.negate()),
          Terms.of(ratio));
    }
  }

  /**
   * Tweedie with a logarithmic link: -t e^((1-rho) p) / (1-rho) + e^((2-rho) p) / (2-rho). A
   * negative target is NaN.
   *
   * @param rho from 1, e^p - t p, to 2, which is {@link Gamma}
   */
  public record Tweedie(double rho) implements PointwiseFormula {
    /** Checks rho. */
    public Tweedie {
      Arguments.require(rho >= 1 && rho <= 2, "rho", rho, "from 1 to 2");
    }

    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      if (rho == 2) {
        return new Gamma().at(p, t, extra, type);
      }
      if (isBelowZero(t)) {
        return Element.undefined(p);
      }
      if (rho == 1) {
        return ofLogRate(p, t);
      }
      R a = p.constant(rho).subtract(1);
      R b = p.constant(2).subtract(p.constant(rho));
      R claim = p.multiply(a).negate().exp().weightedBy(t);
      R mean = p.multiply(b).exp();
      return Element.of(
          Terms.of(claim.divide(a)).plus(mean.divide(b)),
          Terms.of(mean).plus(claim.negate()),
          Terms.of(claim.multiply(a)).plus(mean.multiply(b)));
    }
  }

  /**
   * Gaussian with variance v, the second parameter: (log w + d^2/w) / 2, w = max(v, epsilon). The
   * slope by v is 0 where v is below epsilon; a negative v is NaN.
   *
   * @param full whether to add log(2 pi) / 2
   * @param epsilon positive
   */
  public record GaussianNll(boolean full, double epsilon) implements PointwiseFormula {
    /** Checks epsilon. */
    public GaussianNll {
      Arguments.requirePositive("epsilon", epsilon);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R v, Precision type) {
      R d = p.subtract(t);
      if (isBelowZero(v) || d.isNaN()) {
        return Element.undefined(p);
      }
      R bound = v.constant(type.threshold(epsilon));
      R w = v.max(bound);
      R inverse = v.constant(1).divide(w);
      R slope = d.divide(w);
      Terms<R> value = Terms.of(w.log()).plus(d.multiply(slope));
      Terms<R> constant = Terms.of(full ? v.pi().multiply(2).log() : v.constant(0));
      Terms<R> extraSlope = Terms.of(inverse).plus(slope.multiply(slope).negate()).times(0.5);
      boolean raised = bound.isGreaterThan(v);
      return Element.of(value.plus(constant).times(0.5), Terms.of(slope), Terms.of(inverse))
          .withExtraSlope(raised ? Terms.of(v.constant(0)) : extraSlope);
    }

    @Override
    public boolean hasSecondParameter() {
      return true;
    }
  }

  /**
   * Laplace with scale b, the second parameter: log(2c) + |d|/c, c = max(b, epsilon). The slope by
   * p is 0 at d = 0, that by b is 0 where b is below epsilon; a negative b is NaN.
   *
   * @param epsilon positive
   */
  public record LaplaceNll(double epsilon) implements PointwiseFormula {
    /** Checks epsilon. */
    public LaplaceNll {
      Arguments.requirePositive("epsilon", epsilon);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R b, Precision type) {
      R d = p.subtract(t);
      if (isBelowZero(b) || d.isNaN()) {
        return Element.undefined(p);
      }
      R bound = b.constant(type.threshold(epsilon));
      R c = b.max(bound);
      R inverse = b.constant(1).divide(c);
      R ratio = d.abs().divide(c);
      R zero = b.constant(0);
      R slope = d.isZero() ? zero : d.isNegative() ? inverse.negate() : inverse;
      Terms<R> value = Terms.of(c.multiply(2).log()).plus(ratio);
      Terms<R> extraSlope = Terms.of(inverse).plus(ratio.divide(c).negate());
      boolean raised = bound.isGreaterThan(b);
      return Element.of(value, Terms.of(slope), Terms.of(zero))
          .withExtraSlope(raised ? Terms.of(zero) : extraSlope);
    }

    @Override
    public boolean hasSecondParameter() {
      return true;
    }
  }

  /**
   * Kullback-Leibler divergence of two Bernoulli distributions: t log(t/p) + (1-t)
   * log((1-t)/(1-p)), 0 log 0 = 0. Slope and curvature are those of {@link
   * BinaryLosses.BinaryCrossEntropy}. Anything outside [0, 1] is NaN.
   */
  public record BernoulliKl() implements PointwiseFormula {
    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      if (!BinaryLosses.isUnit(p) || !BinaryLosses.isUnit(t)) {
        return Element.undefined(p);
      }
      Terms<R> value = BinaryLosses.logs(t, t).plus(BinaryLosses.logs(p, t).times(-1));
      return BinaryLosses.probability(p, t, type).withValue(value);
    }
  }

  /**
   * Kullback-Leibler divergence of log-probabilities p: t (log t - p), or e^t (t - p). A target of
   * no probability costs 0 whatever p; a negative one is NaN.
   *
   * @param logTarget whether the target is a log-probability too
   */
  public record KlDivergence(boolean logTarget) implements PointwiseFormula {
    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      R q = logTarget ? t.exp() : t;
      if (isBelowZero(q)) {
        return Element.undefined(p);
      }
      Terms<R> value = logTarget ? Terms.of(q.weightedBy(t.subtract(p))) : ofProbability(p, t);
      R zero = p.constant(0);
      return Element.of(q.isZero() ? Terms.of(zero) : value, Terms.of(q.negate()), Terms.of(zero));
    }

    /** An infinite target outgrows every multiple of it. */
    private static <R extends Real<R>> Terms<R> ofProbability(R p, R t) {
      return t.isInfinite()
          ? Terms.of(t.multiply(t.log().subtract(p)))
          : Terms.of(xLogX(t)).plus(p.weightedBy(t).negate());
    }
  }
}
