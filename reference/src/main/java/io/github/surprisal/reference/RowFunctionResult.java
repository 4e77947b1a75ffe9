package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link RowFunction} gives, exact until a {@link Precision} is named.
 *
 * @param <R> the arithmetic it was computed in
 */
public final class RowFunctionResult<R extends Real<R>> {

  private final List<Terms<R>> values = new ArrayList<>();
  private final List<Terms<R>> gradient = new ArrayList<>();

  RowFunctionResult() {}

  /** Adds a row. */
  void add(List<Terms<R>> rowValues, List<Terms<R>> rowGradient) {
    values.addAll(rowValues);
    gradient.addAll(rowGradient);
  }

  /** The values, row after row. */
  public double[] values(Precision precision) {
    return LossResult.sums(values, precision);
  }

  /** One value, exact. */
  public R exactValue(int index) {
    return values.get(index).sum();
  }

  /** The error of someone's value in ulps of its largest term. */
  public double valueUlps(int index, double actual, Precision precision) {
    return LossResult.ulps(values.get(index), actual, precision);
  }

  /** The gradient by every input, [rows, classes]. */
  public double[] gradient(Precision precision) {
    return LossResult.sums(gradient, precision);
  }

  /** The gradient by one input, exact. */
  public R exactGradient(int index) {
    return gradient.get(index).sum();
  }

  /** Per input, the magnitude of the largest term of its gradient. */
  public double[] gradientTerms(Precision precision) {
    return LossResult.largest(gradient, precision);
  }

  /** The error of someone's gradient in ulps of its largest term. */
  public double gradientUlps(int index, double actual, Precision precision) {
    return LossResult.ulps(gradient.get(index), actual, precision);
  }
}
