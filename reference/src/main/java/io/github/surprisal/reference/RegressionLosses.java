package io.github.surprisal.reference;

/** Losses of a prediction p against a target t, most of them of the difference d = p - t. */
public final class RegressionLosses {

  private RegressionLosses() {}

  /** A loss of the difference alone; infinity minus infinity is NaN. */
  private interface OfDifference extends PointwiseFormula {

    <R extends Real<R>> Element<R> at(R d);

    @Override
    default <R extends Real<R>> Element<R> at(R p, R t, R extra) {
      R d = p.subtract(t);
      return d.isNaN() ? Element.undefined(d) : at(d);
    }
  }

  private static <R extends Real<R>> R sign(R d) {
    return d.constant(d.isZero() ? 0 : d.isNegative() ? -1 : 1);
  }

  /** Squared error: d^2. MEAN divides by the sum of weights. */
  public record Mse() implements OfDifference {
    @Override
    public <R extends Real<R>> Element<R> at(R d) {
      return Element.of(d.multiply(d), d.multiply(2), d.constant(2));
    }

    @Override
    public Denominator defaultDenominator() {
      return Denominator.WEIGHTS;
    }
  }

  /** Half the squared error: d^2 / 2. MEAN divides by the sum of weights. */
  public record HalfMse() implements OfDifference {
    @Override
    public <R extends Real<R>> Element<R> at(R d) {
      return Element.of(d.multiply(d).multiply(0.5), d, d.constant(1));
    }

    @Override
    public Denominator defaultDenominator() {
      return Denominator.WEIGHTS;
    }
  }

  /** Absolute error: |d|, slope 0 at 0. MEAN divides by the sum of weights. */
  public record L1() implements OfDifference {
    @Override
    public <R extends Real<R>> Element<R> at(R d) {
      return Element.of(d.abs(), sign(d), d.constant(0));
    }

    @Override
    public Denominator defaultDenominator() {
      return Denominator.WEIGHTS;
    }
  }

  /**
   * Huber: d^2 / 2 where |d| <= delta, else delta (|d| - delta/2).
   *
   * @param delta positive
   */
  public record Huber(double delta) implements OfDifference {
    /** Checks delta. */
    public Huber {
      Arguments.requirePositive("delta", delta);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d) {
      R bound = d.constant(delta);
      return d.abs().isGreaterThan(bound)
          ? linear(d, bound, bound)
          : Element.of(d.multiply(d).multiply(0.5), d, d.constant(1));
    }
  }

  /** factor (|d| - bound/2). */
  private static <R extends Real<R>> Element<R> linear(R d, R bound, R factor) {
    Terms<R> value = Terms.of(d.abs()).plus(bound.multiply(-0.5)).times(factor);
    return Element.of(value, Terms.of(sign(d)).times(factor), Terms.of(d.constant(0)));
  }

  /**
   * Smooth L1: d^2 / (2 beta) where |d| < beta, else |d| - beta/2.
   *
   * @param beta at least 0; 0 gives {@link L1}
   */
  public record SmoothL1(double beta) implements OfDifference {
    /** Checks beta. */
    public SmoothL1 {
      Arguments.requireNonNegative("beta", beta);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d) {
      R bound = d.constant(beta);
      R one = d.constant(1);
      R half = d.multiply(d).multiply(0.5);
      return bound.isGreaterThan(d.abs())
          ? Element.of(half.divide(bound), d.divide(bound), one.divide(bound))
          : linear(d, bound, one);
    }
  }

  /** log cosh d, slope tanh d. */
  public record LogCosh() implements OfDifference {
    @Override
    public <R extends Real<R>> Element<R> at(R d) {
      R tanh = d.tanh();
      R e = d.abs().multiply(-2).exp();
      // cosh^2 = 1 / (1 - tanh^2), or cosh |d| = (1 + e^-2|d|) e^|d| / 2.
      boolean isSmall = d.constant(1).isGreaterThan(d.abs());
      R value =
          isSmall
              ? tanh.multiply(tanh).negate().log1p().multiply(-0.5)
              : d.abs().add(e.log1p()).subtract(d.ln2());
      R onePlus = e.add(1);
      return Element.of(value, tanh, e.multiply(4).divide(onePlus.multiply(onePlus)));
    }
  }

  /**
   * Pseudo-Huber: delta^2 (sqrt(1 + (d/delta)^2) - 1).
   *
   * @param delta positive
   */
  public record PseudoHuber(double delta) implements OfDifference {
    /** Checks delta. */
    public PseudoHuber {
      Arguments.requirePositive("delta", delta);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d) {
      R scale = d.constant(delta);
      if (d.isInfinite()) {
        return Element.of(d.abs(), sign(d).multiply(scale), d.constant(0));
      }
      R u = d.divide(scale);
      R root = u.multiply(u).add(1).sqrt();
      // sqrt(1 + u^2) - 1 = u^2 / (sqrt(1 + u^2) + 1)
      R cube = root.multiply(root).multiply(root);
      return Element.of(
          d.multiply(d).divide(root.add(1)), d.divide(root), d.constant(1).divide(cube));
    }
  }

  /**
   * Quantile: max(alpha r, (alpha - 1) r) with r = t - p, slope 0 at r = 0.
   *
   * @param alpha from 0 to 1
   */
  public record Quantile(double alpha) implements OfDifference {
    /** Checks alpha. */
    public Quantile {
      Arguments.requireUnit("alpha", alpha);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d) {
      R a = d.constant(alpha);
      R factor = d.isZero() ? d : d.isNegative() ? a : d.constant(1).subtract(a);
      return Element.of(d.abs().weightedBy(factor), sign(d).multiply(factor), d.constant(0));
    }
  }

  /**
   * Expectile: |alpha - [r < 0]| r^2 with r = t - p.
   *
   * @param alpha from 0 to 1
   */
  public record Expectile(double alpha) implements OfDifference {
    /** Checks alpha. */
    public Expectile {
      Arguments.requireUnit("alpha", alpha);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d) {
      R a = d.constant(alpha);
      boolean isOver = !d.isZero() && !d.isNegative();
      R factor = isOver ? d.constant(1).subtract(a) : a;
      R twice = factor.multiply(2);
      return Element.of(d.multiply(d).weightedBy(factor), d.weightedBy(twice), twice);
    }
  }

  /**
   * Epsilon-insensitive: max(0, |d| - epsilon), slope 0 up to |d| = epsilon.
   *
   * @param epsilon at least 0
   */
  public record EpsilonInsensitive(double epsilon) implements OfDifference {
    /** Checks epsilon. */
    public EpsilonInsensitive {
      Arguments.requireNonNegative("epsilon", epsilon);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d) {
      Terms<R> rest = Terms.of(d.abs()).plus(-epsilon);
      boolean isActive = d.abs().isGreaterThan(d.constant(epsilon));
      Terms<R> zero = Terms.of(d.constant(0));
      return isActive ? Element.of(rest, Terms.of(sign(d)), zero) : Element.zero(d);
    }
  }

  /**
   * Absolute percentage error: 100 |d| / max(|t|, epsilon), slope 0 at d = 0. An infinite target
   * gives 100 with slope 0, NaN with an infinite prediction.
   *
   * @param epsilon positive
   */
  public record Mape(double epsilon) implements PointwiseFormula {
    /** Checks epsilon. */
    public Mape {
      Arguments.requirePositive("epsilon", epsilon);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra) {
      if (t.isInfinite() && p.isInfinite()) {
        return Element.undefined(p);
      }
      R d = p.subtract(t);
      R hundred = p.constant(100);
      R factor = hundred.divide(t.abs().max(p.constant(epsilon)));
      R value = t.isInfinite() ? hundred : d.abs().multiply(factor);
      return Element.of(value, sign(d).multiply(factor), p.constant(0));
    }
  }

  /**
   * Squared logarithmic error: (log(1+p) - log(1+t))^2. p < -1 and t <= -1 are NaN; p = -1 is a
   * pole.
   */
  public record Msle() implements PointwiseFormula {
    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra) {
      R a = p.log1p();
      R b = t.log1p();
      Terms<R> difference = Terms.of(a).plus(b.negate());
      if (b.isInfinite() && b.isNegative() || difference.sum().isNaN()) {
        return Element.undefined(p);
      }
      R scale = p.isInfinite() ? p.constant(0) : p.constant(2).divide(p.add(1).abs());
      R inverse = p.constant(1).divide(p.add(1).abs());
      return Element.of(
          new Terms<>(
              difference.sum().multiply(difference.sum()),
              difference.largest().multiply(difference.sum().abs())),
          difference.times(scale),
          Terms.of(p.constant(1)).plus(difference.times(-1)).times(scale).times(inverse));
    }
  }

  /**
   * Cauchy: c^2/2 log(1 + (d/c)^2).
   *
   * @param c positive
   */
  public record Cauchy(double c) implements OfDifference {
    /** Checks c. */
    public Cauchy {
      Arguments.requirePositive("c", c);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d) {
      R zero = d.constant(0);
      if (d.isInfinite()) {
        return Element.of(d.abs(), zero, zero);
      }
      R scale = d.constant(c);
      R u = d.divide(scale).multiply(d.divide(scale));
      R onePlus = u.add(1);
      R inverse = d.constant(1).divide(onePlus);
      R value = u.log1p().multiply(scale).multiply(scale).multiply(0.5);
      Terms<R> curvature = Terms.of(d.constant(1)).plus(u.negate()).times(inverse).times(inverse);
      return Element.of(Terms.of(value), Terms.of(d.multiply(inverse)), curvature);
    }
  }

  /**
   * Tukey's biweight: c^2/6 (1 - (1 - (d/c)^2)^3) where |d| <= c, else c^2/6.
   *
   * @param c positive
   */
  public record Tukey(double c) implements OfDifference {
    /** Checks c. */
    public Tukey {
      Arguments.requirePositive("c", c);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d) {
      R scale = d.constant(c);
      R square = scale.multiply(scale).divide(6);
      R zero = d.constant(0);
      if (!scale.isGreaterThan(d.abs())) {
        return Element.of(square, zero, zero);
      }
      R u = d.divide(scale).multiply(d.divide(scale));
      // 1 - (1 - u)^3 = u (3 - 3 u + u^2)
      R value = u.multiply(u.subtract(3)).add(3).multiply(u).multiply(square);
      Terms<R> rest = Terms.of(d.constant(1)).plus(u.negate());
      Terms<R> bend = Terms.of(d.constant(1)).plus(u.multiply(-5));
      return Element.of(Terms.of(value), rest.times(rest).times(d), rest.times(bend));
    }
  }
}
