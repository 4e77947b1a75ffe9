package io.github.surprisal.reference;

/** Losses of a binary label: a probability or logit against a target from 0 to 1. */
public final class BinaryLosses {

  private BinaryLosses() {}

  /**
   * Binary cross-entropy of a probability: -(t log c + (1 - t) log(1 - c)), c the probability
   * brought into [epsilon, 1 - epsilon].
   *
   * <p>The slope is (1-t)/(1-p) - t/p inside that interval, ends included, and 0 outside. 0 log 0
   * and 0/0 are 0; each quotient of slope and curvature ends at the largest value of the type. Any
   * finite target is taken; an infinite one is NaN, and so is a probability outside [0, 1].
   *
   * @param epsilon from 0, the exact loss with its pole, to below 1/2
   */
  public record BinaryCrossEntropy(double epsilon) implements PointwiseFormula {
    /** Checks the epsilon. */
    public BinaryCrossEntropy {
      Arguments.require(epsilon >= 0 && epsilon < 0.5, "epsilon", epsilon, ">= 0 and < 0.5");
    }

    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      if (!isUnit(p) || t.isInfinite()) {
        return Element.undefined(p);
      }
      R low = p.constant(type.threshold(epsilon));
      R high = p.constant(1).subtract(low);
      boolean clipped = low.isGreaterThan(p) || p.isGreaterThan(high);
      R c = !clipped ? p : p.isGreaterThan(high) ? high : low;
      Terms<R> value = logs(c, t).times(-1);
      Element<R> zero = Element.zero(p);
      return (clipped ? zero : probability(p, t, type)).withValue(value);
    }
  }

  /** t log p + (1 - t) log(1 - p). */
  static <R extends Real<R>> Terms<R> logs(R p, R t) {
    R q = p.constant(1).subtract(t);
    return Terms.of(p.log().weightedBy(t)).plus(p.negate().log1p().weightedBy(q));
  }

  static <R extends Real<R>> boolean isUnit(R p) {
    return (p.isZero() || !p.isNegative()) && !p.isGreaterThan(p.constant(1));
  }

  /** Slope and curvature of binary cross-entropy by the probability. */
  static <R extends Real<R>> Element<R> probability(R p, R t, Precision type) {
    R q = p.constant(1).subtract(p);
    R notT = p.constant(1).subtract(t);
    Terms<R> slope = Terms.of(quotient(notT, q, type)).plus(quotient(t, p, type).negate());
    Terms<R> curvature =
        Terms.of(quotient(notT, q.multiply(q), type)).plus(quotient(t, p.multiply(p), type));
    return Element.of(slope, slope, curvature);
  }

  /** a / |b|, where 0/0 = 0, at most the largest value of the type. */
  private static <R extends Real<R>> R quotient(R a, R b, Precision type) {
    if (a.isZero()) {
      return a.constant(0);
    }
    R max = a.constant(type.max());
    R x = a.divide(b.abs());
    return x.isGreaterThan(max) ? max : max.negate().isGreaterThan(x) ? max.negate() : x;
  }

  /**
   * Binary cross-entropy of a logit: (1-t) softplus(x) + P t softplus(-x), with t the target after
   * smoothing, t (1 - e) + e/2, and P the weight of the positive class. Any finite target is taken,
   * an infinite one is NaN. An infinite logit costs 0 on its side and infinity on the other.
   *
   * @param positiveWeight P where the batch has none per element
   * @param labelSmoothing e
   */
  public record BinaryCrossEntropyWithLogits(double positiveWeight, double labelSmoothing)
      implements PointwiseFormula {
    /** Checks the options. */
    public BinaryCrossEntropyWithLogits {
      Arguments.require(
          Double.isFinite(positiveWeight), "positiveWeight", positiveWeight, "finite");
      Arguments.requireUnit("labelSmoothing", labelSmoothing);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R x, R target, R extra, Precision type) {
      R positive = extra == null ? x.constant(positiveWeight) : extra;
      if (target.isInfinite()) {
        return Element.undefined(x);
      }
      R e = x.constant(labelSmoothing);
      R t = target.weightedBy(x.constant(1).subtract(e)).add(e.divide(2));
      R a = x.constant(1).subtract(t);
      R b = positive.weightedBy(t);
      R up = x.sigmoid();
      R down = x.negate().sigmoid();
      Terms<R> value =
          Terms.of(x.softplus().weightedBy(a)).plus(x.negate().softplus().weightedBy(b));
      Terms<R> slope = Terms.of(a.weightedBy(up)).plus(b.weightedBy(down).negate());
      R variance = up.multiply(down);
      Terms<R> curvature = Terms.of(a.weightedBy(variance)).plus(b.weightedBy(variance));
      return Element.of(value, slope, curvature);
    }
  }

  /**
   * Sigmoid focal loss of a logit: alpha_t (1 - p_t)^gamma times binary cross-entropy, where p_t =
   * p t + (1-p)(1-t), alpha_t = alpha t + (1-alpha)(1-t). A target outside [0, 1] is NaN.
   *
   * @param gamma at least 0
   * @param alpha weight of the positive class; alpha_t = 1 if it is negative
   */
  public record SigmoidFocal(double gamma, double alpha) implements PointwiseFormula {
    /** Checks the options. */
    public SigmoidFocal {
      Arguments.requireNonNegative("gamma", gamma);
      Arguments.require(alpha <= 1, "alpha", alpha, "<= 1");
    }

    /** With u = q'/q, q = 1 - p_t, s = ce': l' = alpha_t q^gamma (gamma u ce + s). */
    @Override
    public <R extends Real<R>> Element<R> at(R x, R t, R extra, Precision type) {
      if (!isUnit(t)) {
        return Element.undefined(x);
      }
      R one = x.constant(1);
      R notT = one.subtract(t);
      R p = x.sigmoid();
      R notP = x.negate().sigmoid();
      R variance = p.multiply(notP);
      R ce = x.softplus().weightedBy(notT).add(x.negate().softplus().weightedBy(t));
      R q = p.multiply(notT).add(notP.multiply(t));
      R tilt = notT.subtract(t);
      // q' = p (1-p) (1-2t), which at a hard target is q (1-p) or -q p even where q vanishes.
      R u = notT.isZero() ? p.negate() : t.isZero() ? notP : variance.multiply(tilt).divide(q);
      R uSlope =
          t.isZero() || notT.isZero()
              ? variance.negate()
              : u.multiply(notP.subtract(p)).subtract(u.multiply(u));
      Terms<R> s = Terms.of(p.multiply(notT)).plus(notP.multiply(t).negate());
      R g = one.constant(gamma);
      Terms<R> focus = Terms.of(ce.weightedBy(u).weightedBy(g));
      Terms<R> inner = focus.plus(s);
      Terms<R> curvature =
          inner
              .times(u.multiply(g))
              .plus(Terms.of(ce.weightedBy(uSlope).weightedBy(g)))
              .plus(s.times(u.multiply(g)))
              .plus(variance);
      R a = one.constant(alpha);
      R alphaT = alpha < 0 ? one : a.multiply(t).add(one.subtract(a).multiply(notT));
      R factor = q.pow(gamma).multiply(alphaT);
      return Element.of(Terms.of(ce).times(factor), inner.times(factor), curvature.times(factor));
    }
  }

  /**
   * Asymmetric focal loss of a logit (Ridnik et al. 2021): -t (1-p)^g+ log p - (1-t) r^g- log(1-r),
   * where r = max(p - margin, 0); the second part has slope 0 up to p = margin. Any finite target
   * is taken, an infinite one is NaN.
   *
   * @param gammaPositive g+, at least 0
   * @param gammaNegative g-, at least 0; 0^0 = 1
   * @param margin from 0 to 1
   */
  public record AsymmetricFocal(double gammaPositive, double gammaNegative, double margin)
      implements PointwiseFormula {
    /** Checks the options. */
    public AsymmetricFocal {
      Arguments.requireNonNegative("gammaPositive", gammaPositive);
      Arguments.requireNonNegative("gammaNegative", gammaNegative);
      Arguments.requireUnit("margin", margin);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R x, R t, R extra, Precision type) {
      if (t.isInfinite()) {
        return Element.undefined(x);
      }
      R notT = x.constant(1).subtract(t);
      Element<R> a = positive(x);
      Element<R> b = negative(x, type.threshold(margin));
      return Element.of(
          a.value().times(t).plus(b.value().times(notT)),
          a.slope().times(t).plus(b.slope().times(notT)),
          a.curvature().times(t).plus(b.curvature().times(notT)));
    }

    /** q^g l with q = 1 - p, l = -log p = softplus(-x), q' = -p q, l' = -q. */
    private <R extends Real<R>> Element<R> positive(R x) {
      R g = x.constant(gammaPositive);
      R p = x.sigmoid();
      R q = x.negate().sigmoid();
      R l = x.negate().softplus();
      R lp = l.weightedBy(p).multiply(g);
      R power = q.pow(gammaPositive);
      // l' = -q^g (g p l + q), l'' = q^g (g p (g p l + q) - g p q l + g p q + p q)
      R inner = lp.add(q);
      R pq = p.multiply(q);
      Terms<R> curvature =
          Terms.of(inner.weightedBy(p).multiply(g))
              .plus(lp.weightedBy(q).negate())
              .plus(pq.multiply(g.add(1)));
      return Element.of(
          Terms.of(l).times(power), Terms.of(inner).times(power.negate()), curvature.times(power));
    }

    /** f(r) = r^g n with r = p - m, n = -log(1 - r), and the chain rule with r' = p (1-p). */
    private <R extends Real<R>> Element<R> negative(R x, double bound) {
      R g = x.constant(gammaNegative);
      R m = x.constant(bound);
      R p = x.sigmoid();
      R q = x.negate().sigmoid();
      if (!p.isGreaterThan(m)) {
        return Element.zero(x);
      }
      R r = p.subtract(m);
      R rest = q.add(m);
      R n = bound == 0 ? x.softplus() : r.negate().log1p().negate();
      // w = r', wn = w/(1-r): without a margin it is p, even where 1-p is 0.
      R w = p.multiply(q);
      R wn = bound == 0 ? p : w.divide(rest);
      R power = r.pow(gammaNegative);
      R ratio = g.divide(r); // power' = power ratio
      R value = n.multiply(power);
      R slope = n.weightedBy(w).multiply(ratio).add(wn).multiply(power);
      R pull = g.subtract(1).multiply(ratio).divide(r).multiply(w);
      Terms<R> curvature =
          Terms.of(n.weightedBy(w).multiply(pull))
              .plus(ratio.multiply(2).multiply(w).multiply(wn))
              .plus(wn.multiply(wn))
              .times(power)
              .plus(Terms.of(slope.multiply(q)).plus(slope.multiply(p).negate()));
      // The subtraction r = p - m has an error of an ulp of p.
      R amplified = bound == 0 ? curvature.largest() : curvature.largest().multiply(p).divide(r);
      return Element.of(
          error(value, slope, w, p),
          error(slope, curvature.largest(), w, p),
          new Terms<>(curvature.sum(), curvature.largest().max(amplified)));
    }

    private <R extends Real<R>> Terms<R> error(R f, R slope, R w, R p) {
      R byR = w.isZero() || margin == 0 ? w : slope.abs().divide(w).multiply(p);
      return new Terms<>(f, f.abs().max(byR));
    }
  }
}
