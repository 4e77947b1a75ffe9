package io.github.surprisal.reference;

import io.github.surprisal.reference.BinaryLosses.BinaryCrossEntropyWithLogits;
import io.github.surprisal.reference.LikelihoodLosses.Gamma;
import io.github.surprisal.reference.LikelihoodLosses.PoissonNll;
import io.github.surprisal.reference.LikelihoodLosses.Tweedie;
import io.github.surprisal.reference.RegressionLosses.AbsoluteError;
import io.github.surprisal.reference.RegressionLosses.AbsolutePercentageError;
import io.github.surprisal.reference.RegressionLosses.HalfSquaredError;
import io.github.surprisal.reference.RegressionLosses.Quantile;
import io.github.surprisal.reference.RegressionLosses.SquaredError;
import io.github.surprisal.reference.RegressionLosses.SquaredLogarithmicError;
import io.github.surprisal.reference.RobustLosses.Huber;
import io.github.surprisal.reference.RobustLosses.PseudoHuber;

/**
 * What a boosting library puts in place of the second derivative, and of the slope at a kink. Where
 * the library's objective is a fraction of the loss here (a half of {@link SquaredError} and {@link
 * SquaredLogarithmicError}, a hundredth of {@link AbsolutePercentageError}), its convention is
 * scaled to the loss, so that a Newton step is the library's.
 */
public enum HessianConvention {
  /**
   * XGBoost from 1.0 to 3.4; AbsoluteError and quantile up to 3.3.
   *
   * <pre>
   * softmax        max(r 2 a p (1 - p), 1e-16) with a the mass of the target, r the weight of the row
   * logistic       (1 - t + P t) max(s (1 - s), 1e-16), s = sigmoid(p)
   * squared error  1
   * pseudo-Huber   exact
   * AbsoluteError, quantile   1; the quantile's slope is [p >= t] - alpha
   * Poisson        e^(p + 0.7)
   * Gamma, Tweedie exact
   * squared log    max(exact, 1e-6), slope and Hessian with p raised to -1 + 1e-6
   * </pre>
   */
  XGBOOST,
  /**
   * XGBoost from 3.5 on, as merged by September 2026. With A = t e^((1 - rho) p), B = e^((2 - rho)
   * p):
   *
   * <pre>
   * softmax        max(r |a p - t|, 1e-16) with t the target, of mass a
   * pseudo-Huber   1 / sqrt(1 + (d / delta)^2)
   * Tweedie        (rho A + (3 - rho) B) / 3; Poisson as rho = 1, Gamma as rho = 2
   * logistic, squared error, squared log: as XGBOOST
   * </pre>
   */
  XGBOOST_3_5,
  /**
   * LightGBM from 3.0 to 4.7.
   *
   * <pre>
   * softmax of K classes    K / (K - 1) a p (1 - p), a the mass of the target
   * logistic                exact
   * squared error           1
   * AbsoluteError, Huber, MAPE         1
   * quantile                1, with slope [p >= t] - alpha
   * Poisson                 e^(p + 0.7)
   * Gamma, Tweedie          exact
   * </pre>
   */
  LIGHTGBM;

  private static final double MAX_DELTA_STEP = 0.7;

  /** The formula under this convention; throws if the library defines none for it. */
  public PointwiseFormula of(PointwiseFormula formula) {
    Variant variant = new Variant(formula, this);
    HundredDigits one = HundredDigits.of(1);
    variant.at(
        one, one, one, Precision.FLOAT64); // throws for a loss that the switch below does not have
    return variant;
  }

  /**
   * What stands for the second derivative of cross-entropy, before the row's weight.
   *
   * @param variance a p (1 - p)
   * @param slope a p - t
   */
  <R extends Real<R>> Terms<R> ofSoftmax(R variance, Terms<R> slope, int classes, R rowWeight) {
    if (this == LIGHTGBM) {
      // One class has variance 0, whatever the factor.
      return Terms.of(
          variance.multiply(classes).divide(variance.constant(Math.max(1, classes - 1))));
    }
    R floor = variance.constant(1e-16).divide(rowWeight);
    Terms<R> hessian =
        this == XGBOOST
            ? Terms.of(variance.multiply(2))
            : new Terms<>(slope.sum().abs(), slope.largest());
    // The larger once the weight multiplies both.
    boolean isFloor =
        rowWeight.isNegative()
            ? hessian.sum().isGreaterThan(floor)
            : floor.isGreaterThan(hessian.sum());
    return isFloor ? new Terms<>(floor, floor.abs().max(hessian.largest())) : hessian;
  }

  /** A formula with the slope and curvature of a library. */
  private record Variant(PointwiseFormula formula, HessianConvention convention)
      implements PointwiseFormula {

    @Override
    public <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type) {
      Element<R> exact = formula.at(p, t, extra, type);
      boolean isDefined = !exact.value().sum().isNaN();
      return isDefined ? variant(exact, p, t, extra, type) : exact;
    }

    private <R extends Real<R>> Element<R> variant(
        Element<R> exact, R p, R t, R extra, Precision type) {
      boolean xgboost = convention != LIGHTGBM;
      boolean bounded = convention == XGBOOST_3_5;
      return switch (formula) {
        case BinaryCrossEntropyWithLogits f when xgboost -> floored(f, exact, p, t, extra, type);
        case BinaryCrossEntropyWithLogits f -> exact;
        case SquaredError f -> exact;
        case HalfSquaredError f -> exact;
        case Gamma f -> bounded ? bounded(exact, p, t, 2) : exact;
        case Tweedie f -> bounded ? bounded(exact, p, t, f.rho()) : exact;
        case PoissonNll f when f.logInput() && bounded -> bounded(exact, p, t, 1);
        case PseudoHuber f when bounded ->
            exact.withCurvature(Terms.of(majorizing(p.subtract(t), type.threshold(f.delta()))));
        case PseudoHuber f when xgboost -> exact;
        case AbsoluteError f when !bounded -> constant(exact, p, 1);
        case Huber f when !xgboost -> constant(exact, p, 1);
        case AbsolutePercentageError f when !xgboost -> constant(exact, p, 100);
        case Quantile f when !bounded ->
            constant(p.subtract(t).isZero() ? over(f, exact, p) : exact, p, 1);
        case PoissonNll f when f.logInput() ->
            exact.withCurvature(Terms.of(p.add(MAX_DELTA_STEP).exp()));
        case SquaredLogarithmicError f when xgboost -> raised(f, exact, p, t, type);
        default ->
            throw new IllegalArgumentException(
                "hessianConvention = %s, expected a loss that it defines, not %s"
                    .formatted(convention, formula.name()));
      };
    }

    /** At x = 0, where s (1 - s) = 1/4, the curvature shows what stands before s (1 - s). */
    private static <R extends Real<R>> Element<R> floored(
        BinaryCrossEntropyWithLogits f, Element<R> exact, R x, R t, R extra, Precision type) {
      R variance = x.sigmoid().multiply(x.negate().sigmoid());
      R floor = x.constant(1e-16);
      Element<R> middle = f.at(x.constant(0), t, extra, type);
      return floor.isGreaterThan(variance)
          ? exact.withCurvature(middle.curvature().times(4).times(floor))
          : exact;
    }

    /** (rho t e^((1 - rho) p) + (3 - rho) e^((2 - rho) p)) / 3. */
    private static <R extends Real<R>> Element<R> bounded(Element<R> exact, R p, R t, double rho) {
      R power = p.constant(rho);
      R claim = p.multiply(power.negate().add(1)).exp().weightedBy(t);
      R mean = p.multiply(power.negate().add(2)).exp();
      Terms<R> both = Terms.of(claim.weightedBy(power));
      return exact.withCurvature(
          both.plus(mean.multiply(power.negate().add(3))).times(p.constant(1).divide(3)));
    }

    /** The curvature of the parabola above a pseudo-Huber loss that touches it at d. */
    private static <R extends Real<R>> R majorizing(R d, double delta) {
      R u = d.divide(d.constant(delta));
      return d.isInfinite() ? d.constant(0) : d.constant(1).divide(u.multiply(u).add(1).sqrt());
    }

    /** A quantile's slope where p = t. */
    private static <R extends Real<R>> Element<R> over(Quantile f, Element<R> exact, R p) {
      return exact.withSlope(Terms.of(p.constant(1).subtract(f.alpha())));
    }

    private static <R extends Real<R>> Element<R> raised(
        SquaredLogarithmicError f, Element<R> exact, R p, R t, Precision type) {
      Element<R> raised = f.at(p.max(p.constant(-1).add(1e-6)), t, null, type);
      R floor = p.constant(2e-6);
      boolean isLow = floor.isGreaterThan(raised.curvature().sum());
      return raised
          .withValue(exact.value())
          .withCurvature(isLow ? Terms.of(floor) : raised.curvature());
    }

    private static <R extends Real<R>> Element<R> constant(Element<R> exact, R p, double hessian) {
      return exact.withCurvature(Terms.of(p.constant(hessian)));
    }

    @Override
    public Denominator defaultDenominator() {
      return formula.defaultDenominator();
    }

    @Override
    public String name() {
      return formula.name();
    }
  }
}
