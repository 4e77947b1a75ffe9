package io.github.surprisal;

import java.util.Objects;

/**
 * What stands for the second derivative of a loss, and for its slope at a kink. Where a library's
 * objective is a fraction of the loss here, its convention is scaled to the loss, so that a Newton
 * step is the library's.
 */
public enum HessianConvention {
  /** The second derivative itself; 0 at a kink. */
  EXACT,

  /**
   * XGBoost up to 3.4; absolute error, from 1.7, and quantile, from 2.0, up to 3.3, since 3.4
   * replaces both by smooth losses whose scale is estimated from all residuals.
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
   * XGBoost from 3.5 on, as merged into its development version by September 2026.
   *
   * <ul>
   *   <li>cross-entropy: max(w |A p - t|, 1e-16), t the target after smoothing and class weights:
   *       the magnitude of the gradient;
   *   <li>Poisson: (t + 2 e^p) / 3; Gamma: (2 t e^-p + 1) / 3; Tweedie: (rho t e^((1 - rho) p) + (3
   *       - rho) e^((2 - rho) p)) / 3;
   *   <li>pseudo-Huber: 1 / sqrt(1 + (d / delta)^2);
   *   <li>squared error, squared logarithmic error, binary cross-entropy with logits: as {@link
   *       #XGBOOST};
   *   <li>no other loss: not absolute error and quantile, for which see {@link #XGBOOST}.
   * </ul>
   */
  XGBOOST_3_5,

  /**
   * LightGBM 3.0 to 4.7. (Before 3.0 cross-entropy had the factor 2.)
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

  /** Whether this is a version of XGBoost. */
  public boolean isXgboost() {
    return this == XGBOOST || this == XGBOOST_3_5;
  }

  /** The error of a loss that this convention does not define. */
  public IllegalArgumentException undefined(Object formula) {
    Objects.requireNonNull(formula, "formula");
    return new IllegalArgumentException(
        "hessianConvention = %s, expected a loss that it defines, not %s".formatted(this, formula));
  }
}
