package io.github.surprisal;

/**
 * What stands for the second derivative of a loss, and for its slope at a kink. Where a library's
 * objective is a fraction of the loss here, its convention is scaled to the loss, so that a Newton
 * step is the library's.
 */
public enum HessianConvention {
  /** The second derivative itself; 0 at a kink. */
  EXACT,

  /**
   * XGBoost.
   *
   * <ul>
   *   <li>binary cross-entropy with logits: (1 - t + P t) max(s (1 - s), 1e-16), s = sigmoid(x);
   *   <li>cross-entropy: max(2 w A p (1 - p), 1e-16), w the weight of the row;
   *   <li>absolute error, quantile: 1; the slope of a quantile is [p >= t] - alpha;
   *   <li>Poisson: e^(p + 0.7);
   *   <li>squared logarithmic error: at least 2e-6, with p raised to -1 + 1e-6 in slope and
   *       hessian;
   *   <li>squared error, pseudo-Huber, Gamma, Tweedie: exact;
   *   <li>no other loss.
   * </ul>
   */
  XGBOOST,

  /**
   * LightGBM.
   *
   * <ul>
   *   <li>absolute error, Huber, quantile: 1; absolute percentage error: 100; the slope of a
   *       quantile is [p >= t] - alpha;
   *   <li>Poisson: e^(p + 0.7);
   *   <li>cross-entropy: C / (C - 1) w A p (1 - p), C the number of classes;
   *   <li>squared error, binary cross-entropy with logits, Gamma, Tweedie: exact;
   *   <li>no other loss.
   * </ul>
   */
  LIGHTGBM;

  /** The error of a loss that this convention does not define. */
  public IllegalArgumentException undefined(Object formula) {
    return new IllegalArgumentException(
        "hessianConvention = %s, expected a loss that it defines, not %s".formatted(this, formula));
  }
}
