package io.github.surprisal.reference;

/** Losses of a prediction p against a target t, most of them of the difference d = p - t. */
public final class RegressionLosses {

  private RegressionLosses() {}

  /** Squared error: d^2. MEAN divides by the sum of weights. */
  public record SquaredError() implements DifferenceFormula {
    @Override
    public <R extends Real<R>> Element<R> at(R d, Precision type) {
      return Element.of(d.multiply(d), d.multiply(2), d.constant(2));
    }

    @Override
    public Denominator defaultDenominator() {
      return Denominator.WEIGHTS;
    }
  }

  /** Half the squared error: d^2 / 2. MEAN divides by the sum of weights. */
  public record HalfSquaredError() implements DifferenceFormula {
    @Override
    public <R extends Real<R>> Element<R> at(R d, Precision type) {
      return Element.of(d.multiply(d).multiply(0.5), d, d.constant(1));
    }

    @Override
    public Denominator defaultDenominator() {
      return Denominator.WEIGHTS;
    }
  }

  /** Absolute error: |d|, slope 0 at 0. MEAN divides by the sum of weights. */
  public record AbsoluteError() implements DifferenceFormula {
    @Override
    public <R extends Real<R>> Element<R> at(R d, Precision type) {
      return Element.of(d.abs(), d.sign(), d.constant(0));
    }

    @Override
    public Denominator defaultDenominator() {
      return Denominator.WEIGHTS;
    }
  }

  /**
   * Quantile: max(alpha r, (alpha - 1) r) with r = t - p, slope 0 at r = 0.
   *
   * @param alpha from 0 to 1
   */
  public record Quantile(double alpha) implements DifferenceFormula {
    /** Checks alpha. */
    public Quantile {
      Arguments.requireUnit("alpha", alpha);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d, Precision type) {
      R a = d.constant(alpha);
      R factor = d.isZero() ? d : d.isNegative() ? a : d.constant(1).subtract(a);
      return Element.of(d.abs().weightedBy(factor), d.sign().multiply(factor), d.constant(0));
    }
  }

  /**
   * Expectile: |alpha - [r below 0]| r^2 with r = t - p.
   *
   * @param alpha from 0 to 1
   */
  public record Expectile(double alpha) implements DifferenceFormula {
    /** Checks alpha. */
    public Expectile {
      Arguments.requireUnit("alpha", alpha);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d, Precision type) {
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
  public record EpsilonInsensitive(double epsilon) implements DifferenceFormula {
    /** Checks epsilon. */
    public EpsilonInsensitive {
      Arguments.requireNonNegative("epsilon", epsilon);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d, Precision type) {
      double bound = type.threshold(epsilon);
      Terms<R> rest = Terms.of(d.abs()).plus(-bound);
      boolean isActive = type.round(d.abs()) > bound;
      Terms<R> zero = Terms.of(d.constant(0));
      return isActive ? Element.of(rest, Terms.of(d.sign()), zero) : Element.zero(d);
    }
  }

  /**
   * Absolute percentage error: 100 |d| / max(|t|, epsilon), slope 0 at d = 0. An infinite target
   * gives 100 with slope 0, NaN with an infinite prediction.
   *
   * @param epsilon positive
   */
  public record AbsolutePercentageError(double epsilon) implements PointwiseFormula {
    /** Checks epsilon. */
    public AbsolutePercentageError {
      Arguments.requirePositive("epsilon", epsilon);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      if (t.isInfinite() && p.isInfinite()) {
        return Element.undefined(p);
      }
      R d = p.subtract(t);
      R hundred = p.constant(100);
      R factor = hundred.divide(t.abs().max(p.constant(type.threshold(epsilon))));
      R value = t.isInfinite() ? hundred : d.abs().multiply(factor);
      return Element.of(value, d.sign().multiply(factor), p.constant(0));
    }
  }

  /**
   * Squared logarithmic error: (log(1+p) - log(1+t))^2. NaN for p below -1 and t up to -1; p = -1
   * is a pole.
   */
  public record SquaredLogarithmicError() implements PointwiseFormula {
    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
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
}
