package io.github.surprisal.reference;

import java.math.BigDecimal;

/**
 * What an array holds, from the definitions of IEEE 754.
 *
 * @param nan number of NaN
 * @param positiveInfinities number of +infinity
 * @param negativeInfinities number of -infinity
 * @param subnormals number of those between 0 and the smallest normal number
 * @param zeros number of zeros of both signs
 * @param min smallest finite element; NaN if there is none
 * @param max largest finite element; NaN if there is none
 * @param meanMagnitude mean magnitude of the finite elements; 0 if there are none
 * @param firstNonFinite index of the first NaN or infinity; -1 if there is none
 */
public record ArrayCensus(
    int nan,
    int positiveInfinities,
    int negativeInfinities,
    int subnormals,
    int zeros,
    double min,
    double max,
    DoubleDouble meanMagnitude,
    int firstNonFinite) {

  /**
   * Counts the elements of an array.
   *
   * @param leastNormal the smallest normal number of their type
   */
  public static ArrayCensus of(double[] x, double leastNormal) {
    int[] counts = new int[5];
    int first = -1;
    BigDecimal min = null;
    BigDecimal max = null;
    DoubleDouble sum = DoubleDouble.of(0);
    for (int i = 0; i < x.length; i++) {
      if (Double.isNaN(x[i]) || Double.isInfinite(x[i])) {
        counts[Double.isNaN(x[i]) ? 0 : x[i] > 0 ? 1 : 2]++;
        first = first < 0 ? i : first;
        continue;
      }
      BigDecimal exact = new BigDecimal(x[i]);
      if (exact.signum() == 0) {
        counts[4]++;
      } else if (exact.abs().compareTo(new BigDecimal(leastNormal)) < 0) {
        counts[3]++;
      }
      min = min == null ? exact : min.min(exact);
      max = max == null ? exact : max.max(exact);
      sum = sum.add(DoubleDouble.of(x[i]).abs());
    }
    int finite = x.length - counts[0] - counts[1] - counts[2];
    return new ArrayCensus(
        counts[0],
        counts[1],
        counts[2],
        counts[3],
        counts[4],
        min == null ? Double.NaN : min.doubleValue(),
        max == null ? Double.NaN : max.doubleValue(),
        finite == 0 ? sum : sum.divide(DoubleDouble.of(finite)),
        first);
  }
}
