package io.github.surprisal.reference;

/** Losses of the difference d = p - t that grow more slowly than its square where it is large. */
public final class RobustLosses {

  private RobustLosses() {}

  /**
   * Huber: d^2 / 2 up to |d| = delta, else delta (|d| - delta/2).
   *
   * @param delta positive
   */
  public record Huber(double delta) implements DifferenceFormula {
    /** Checks delta. */
    public Huber {
      Arguments.requirePositive("delta", delta);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d, Precision type) {
      R bound = d.constant(type.threshold(delta));
      return type.round(d.abs()) > type.threshold(delta)
          ? linear(d, bound, bound)
          : Element.of(d.multiply(d).multiply(0.5), d, d.constant(1));
    }
  }

  /** factor (|d| - bound/2). */
  private static <R extends Real<R>> Element<R> linear(R d, R bound, R factor) {
    Terms<R> value = Terms.of(d.abs()).plus(bound.multiply(-0.5)).times(factor);
    return Element.of(value, Terms.of(d.sign()).times(factor), Terms.of(d.constant(0)));
  }

  /**
   * Smooth L1: d^2 / (2 beta) below |d| = beta, else |d| - beta/2.
   *
   * @param beta at least 0; 0 gives {@link RegressionLosses.AbsoluteError}
   */
  public record SmoothL1(double beta) implements DifferenceFormula {
    /** Checks beta. */
    public SmoothL1 {
      Arguments.requireNonNegative("beta", beta);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d, Precision type) {
      R bound = d.constant(type.threshold(beta));
      R one = d.constant(1);
      R half = d.multiply(d).multiply(0.5);
      return type.round(d.abs()) < type.threshold(beta)
          ? Element.of(half.divide(bound), d.divide(bound), one.divide(bound))
          : linear(d, bound, one);
    }
  }

  /** log cosh d, slope tanh d. */
  public record LogCosh() implements DifferenceFormula {
    @Override
    public <R extends Real<R>> Element<R> at(R d, Precision type) {
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
  public record PseudoHuber(double delta) implements DifferenceFormula {
    /** Checks delta. */
    public PseudoHuber {
      Arguments.requirePositive("delta", delta);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d, Precision type) {
      R scale = d.constant(type.threshold(delta));
      if (d.isInfinite()) {
        return Element.of(d.abs(), d.sign().multiply(scale), d.constant(0));
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
   * Cauchy: c^2/2 log(1 + (d/c)^2).
   *
   * @param c positive
   */
  public record Cauchy(double c) implements DifferenceFormula {
    /** Checks c. */
    public Cauchy {
      Arguments.requirePositive("c", c);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d, Precision type) {
      R zero = d.constant(0);
      if (d.isInfinite()) {
        return Element.of(d.abs(), zero, zero);
      }
      R scale = d.constant(type.threshold(c));
      R u = d.divide(scale).multiply(d.divide(scale));
      R onePlus = u.add(1);
      R inverse = d.constant(1).divide(onePlus);
      R value = u.log1p().multiply(scale).multiply(scale).multiply(0.5);
      Terms<R> curvature = Terms.of(d.constant(1)).plus(u.negate()).times(inverse).times(inverse);
      return Element.of(Terms.of(value), Terms.of(d.multiply(inverse)), curvature);
    }
  }

  /**
   * Tukey's biweight: c^2/6 (1 - (1 - (d/c)^2)^3) up to |d| = c, else c^2/6.
   *
   * @param c positive
   */
  public record Tukey(double c) implements DifferenceFormula {
    /** Checks c. */
    public Tukey {
      Arguments.requirePositive("c", c);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R d, Precision type) {
      R scale = d.constant(type.threshold(c));
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
