package io.github.surprisal.pointwise;

import io.github.surprisal.Bounds;
import io.github.surprisal.HessianConvention;
import io.github.surprisal.Reduction;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.internal.call.Options;
import java.util.Objects;

/**
 * Tweedie deviance, up to factor and constant, of the logarithm p of a mean against a target t >=
 * 0, for variances that grow as the power rho of the mean.
 *
 * <p>Predictions are logarithms of means, targets are numbers of at least 0.
 *
 * <pre>
 *   l   = t e^((1 - rho) p) / (rho - 1) + e^((2 - rho) p) / (2 - rho)
 *   l'  = e^((2 - rho) p) - t e^((1 - rho) p)
 *   l'' = (rho - 1) t e^((1 - rho) p) + (2 - rho) e^((2 - rho) p)
 * </pre>
 *
 * At its ends it is {@link PoissonNll} of log-rates (rho = 1) and {@link Gamma} (rho = 2), as the
 * slope says. The conventions of LightGBM and of XGBoost before 3.5 are this.
 *
 * <p>{@link Reduction#MEAN} divides by the number of elements that count.
 *
 * <p>Special cases:
 *
 * <ul>
 *   <li>finite inputs give finite results, but where one of the two terms overflows itself;
 *   <li>a negative t is NaN, and so is t = 0 where rho = 2;
 *   <li>p = infinity costs infinity; p = -infinity does where t > 0, and 0 where t = 0 and rho &lt;
 *       2;
 *   <li>an infinite t has slope -infinity, and NaN at p = infinity.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 4, slope 4, curvature 4, however
 * large the exponents are.
 *
 * @param rho from 1 to 2; 1.5 is the default of boosting libraries
 */
public record Tweedie(double rho) implements BuiltInFormula {
  /**
   * Checks rho.
   *
   * @throws IllegalArgumentException unless {@code 1 <= rho <= 2}
   */
  public Tweedie {
    Options.require(rho >= 1 && rho <= 2, "rho", rho, "1 <= %s <= 2");
  }

  /** With rho 1.5. */
  public Tweedie() {
    this(1.5);
  }

  /** Exact, but for XGBoost from 3.5 on. */
  @Override
  public Formula hessianConvention(HessianConvention convention) {
    Objects.requireNonNull(convention, "convention");
    boolean differs = convention == HessianConvention.XGBOOST_3_5;
    return differs ? BuiltInFormula.super.hessianConvention(convention) : this;
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofElements(4, 4, 4);
  }
}
