package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.lane.ExpF64Twin;
import io.github.surprisal.internal.lane.Expm1F64Twin;

/** Generalized cross-entropy: {@code phi = (1 - p^q) / q = -expm1(-q s) / q, phi' = p^q}. */
public final class GeneralizedTerms extends LabelTerms {
  private final double q;

  /** Terms with exponent {@code q}, above 0. */
  public GeneralizedTerms(LogitOptions logits, double q) {
    super(logits);
    this.q = q;
  }

  @Override
  double value(double nll, double p, double others) {
    return -Expm1F64Twin.expm1(-q * nll) / q;
  }

  @Override
  double slope(double nll, double p, double others) {
    return ExpF64Twin.exp(-q * nll);
  }
}
