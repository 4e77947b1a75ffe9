package io.github.surprisal.reference;

/**
 * Losses of a score p against a target of -1 or 1; any target is taken, but an infinite one against
 * a score of 0 is NaN. At a kink the slope and the curvature are 0, those of the inactive side.
 */
public final class MarginLosses {

  private MarginLosses() {}

  /** Soft margin: log(1 + exp(-t p)), t = -1 or 1; any target is taken. */
  public record SoftMargin() implements PointwiseFormula {
    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      R z = p.weightedBy(t);
      R down = z.negate().sigmoid();
      R curvature = t.multiply(t).weightedBy(z.sigmoid().multiply(down));
      return Element.of(z.negate().softplus(), t.weightedBy(down).negate(), curvature);
    }
  }

  /**
   * Hinge: max(0, margin - t p), t = -1 or 1.
   *
   * @param margin at least 0
   */
  public record Hinge(double margin) implements PointwiseFormula {
    /** Checks the margin. */
    public Hinge {
      Arguments.requireNonNegative("margin", margin);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      Terms<R> rest = rest(type.threshold(margin), p, t);
      if (rest.sum().isNaN()) {
        return Element.undefined(p);
      }
      Terms<R> zero = Terms.of(p.constant(0));
      return isInactive(rest, type)
          ? Element.zero(p)
          : Element.of(rest, Terms.of(t.negate()), zero);
    }
  }

  /** Exponential: exp(-t p), t = -1 or 1; any target is taken. */
  public record Exponential() implements PointwiseFormula {
    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      R value = p.weightedBy(t).negate().exp();
      return Element.of(value, value.weightedBy(t).negate(), value.weightedBy(t).weightedBy(t));
    }
  }

  /** Perceptron: max(0, -t p), t = -1 or 1. */
  public record Perceptron() implements PointwiseFormula {
    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      return new Hinge(0).at(p, t, extra, type);
    }
  }

  /**
   * Squared hinge: max(0, margin - t p)^2, t = -1 or 1.
   *
   * @param margin at least 0
   */
  public record SquaredHinge(double margin) implements PointwiseFormula {
    /** Checks the margin. */
    public SquaredHinge {
      Arguments.requireNonNegative("margin", margin);
    }

    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      Terms<R> rest = rest(type.threshold(margin), p, t);
      if (rest.sum().isNaN()) {
        return Element.undefined(p);
      }
      Terms<R> curvature = Terms.of(t.multiply(t).multiply(2));
      return isInactive(rest, type)
          ? Element.zero(p)
          : Element.of(rest.times(rest), rest.times(t.multiply(-2)), curvature);
    }
  }

  /** margin - t p. */
  private static <R extends Real<R>> Terms<R> rest(double margin, R p, R t) {
    return Terms.of(p.constant(margin)).plus(p.weightedBy(t).negate());
  }

  private static <R extends Real<R>> boolean isInactive(Terms<R> rest, Precision type) {
    return type.round(rest.sum()) <= 0;
  }
}
