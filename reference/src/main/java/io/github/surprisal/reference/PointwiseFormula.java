package io.github.surprisal.reference;

/**
 * The formula of a loss of one prediction and one target. The records in {@link BinaryLosses},
 * {@link MarginLosses}, {@link RegressionLosses}, {@link RobustLosses} and {@link LikelihoodLosses}
 * are the formulas there are; {@link HessianConvention} turns one into a library's variant.
 */
public interface PointwiseFormula {

  /**
   * Value, slope and curvature of one element.
   *
   * @param p the prediction, not NaN
   * @param t the target, not NaN
   * @param extra the second parameter, not NaN; null without one
   * @param type the type of all three, in which thresholds and what they are compared with are
   *     numbers
   */
  <R extends Real<R>> Element<R> at(R p, R t, R extra, Precision type);

  /** What MEAN divides by unless told otherwise. */
  default Denominator defaultDenominator() {
    return Denominator.KEPT;
  }

  /** Whether every element needs a second parameter, whose slope the formula gives. */
  default boolean hasSecondParameter() {
    return false;
  }

  /** The loss's name in messages. */
  default String name() {
    return getClass().getSimpleName();
  }
}
