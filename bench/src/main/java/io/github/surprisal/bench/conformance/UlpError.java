package io.github.surprisal.bench.conformance;

import io.github.surprisal.bench.conformance.protocol.Dtype;
import io.github.surprisal.bench.conformance.protocol.Tensor;

/**
 * The distance of results from the truth in ulps of the larger of the true value and its scale. NaN
 * matches NaN, an infinity its sign, +0 equals -0.
 *
 * @param dtype the type of the case
 * @param isTotal whether the values are doubles whatever the type, with the relative errors of the
 *     type that was computed in
 */
public record UlpError(Dtype dtype, boolean isTotal) {
  /**
   * The worst of all elements; infinity where no distance makes sense.
   *
   * @param scale of each element; without, the largest true value is that of all
   */
  double worst(Tensor truth, Tensor mine, Tensor scale) {
    double common = scale == null ? largest(truth) : 0;
    double worst = 0;
    for (int i = 0; i < truth.data().length; i++) {
      double own = scale != null && i < scale.data().length ? scale.data()[i] : common;
      worst = Math.max(worst, of(truth.data()[i], mine.data()[i], own));
    }
    return worst;
  }

  /** The error of one value; {@code scale} is the magnitude that its terms have. */
  public double of(double truth, double mine, double scale) {
    double t = isTotal ? truth : dtype.round(truth);
    double m = isTotal ? mine : dtype.round(mine);
    if (t == m || (Double.isNaN(t) && Double.isNaN(m))) {
      return 0;
    }
    if (!Double.isFinite(t) || !Double.isFinite(m)) {
      return Double.POSITIVE_INFINITY;
    }
    double magnitude = scale > Math.abs(t) ? scale : Math.abs(t);
    double ulp = isTotal ? dtype.computedIn().unboundedUlp(magnitude) : dtype.ulp(magnitude);
    return Math.abs(m - t) / ulp;
  }

  private static double largest(Tensor tensor) {
    double largest = 0;
    for (double value : tensor.data()) {
      if (Double.isFinite(value)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }
}
