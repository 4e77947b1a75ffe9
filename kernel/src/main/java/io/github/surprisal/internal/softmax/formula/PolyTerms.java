package io.github.surprisal.internal.softmax.formula;

/** Poly-1: {@code phi = s + e (1 - p), phi' = 1 + e p}. */
public final class PolyTerms extends LabelTerms {
  private final double epsilon;

  /** Terms with coefficient {@code epsilon}. */
  public PolyTerms(LogitOptions logits, double epsilon) {
    super(logits);
    this.epsilon = epsilon;
  }

  @Override
  double value(double nll, double p, double others) {
    return nll + epsilon * others;
  }

  @Override
  double slope(double nll, double p, double others) {
    return 1 + epsilon * p;
  }
}
