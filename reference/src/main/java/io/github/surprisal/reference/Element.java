package io.github.surprisal.reference;

/**
 * What a pointwise formula gives for one element, before weight, upstream and denominator.
 *
 * @param <R> the arithmetic
 * @param value the loss
 * @param slope its derivative by the prediction
 * @param curvature its second derivative by the prediction
 * @param extraSlope its derivative by the second parameter; null if there is none
 */
public record Element<R extends Real<R>>(
    Terms<R> value, Terms<R> slope, Terms<R> curvature, Terms<R> extraSlope) {

  /** Of a formula in which no terms cancel. */
  static <R extends Real<R>> Element<R> of(R value, R slope, R curvature) {
    return of(Terms.of(value), Terms.of(slope), Terms.of(curvature));
  }

  static <R extends Real<R>> Element<R> of(Terms<R> value, Terms<R> slope, Terms<R> curvature) {
    return new Element<>(value, slope, curvature, null);
  }

  /** 0 everywhere: {@code x} only gives the arithmetic. */
  static <R extends Real<R>> Element<R> zero(R x) {
    return uniform(x.constant(0));
  }

  /** NaN everywhere, for data outside the domain. */
  static <R extends Real<R>> Element<R> undefined(R x) {
    return uniform(x.constant(Double.NaN));
  }

  private static <R extends Real<R>> Element<R> uniform(R x) {
    return new Element<>(Terms.of(x), Terms.of(x), Terms.of(x), Terms.of(x));
  }

  Element<R> withValue(Terms<R> value) {
    return new Element<>(value, slope, curvature, extraSlope);
  }

  Element<R> withSlope(Terms<R> slope) {
    return new Element<>(value, slope, curvature, extraSlope);
  }

  Element<R> withCurvature(Terms<R> curvature) {
    return new Element<>(value, slope, curvature, extraSlope);
  }

  Element<R> withExtraSlope(Terms<R> extraSlope) {
    return new Element<>(value, slope, curvature, extraSlope);
  }
}
