package io.github.surprisal.internal.softmax.formula;

/**
 * The focal loss, with q = 1 - p:
 *
 * <pre>
 *   phi = q^g s        phi' = q^g (1 + g p s / q)
 * </pre>
 *
 * s / q is at least 1 and tends to 1 with q, so that no power is negative.
 */
public final class FocalTerms extends LabelTerms {
  private final double gamma;

  /** Terms with exponent {@code gamma}, at least 0. */
  public FocalTerms(LogitOptions logits, double gamma) {
    super(logits);
    this.gamma = gamma;
  }

  @Override
  double value(double nll, double p, double others) {
    return product(focus(others), nll);
  }

  @Override
  double slope(double nll, double p, double others) {
    double ratio = others == 0 ? 1 : p == 0 ? 0 : p * nll / others;
    return focus(others) * (1 + gamma * ratio);
  }

  private double focus(double others) {
    return gamma == 2 ? others * others : Power.of(others, gamma);
  }
}
