package io.github.surprisal.lane;

import static io.github.surprisal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;

/**
 * The hyperbolic tangent in float64.
 *
 * <pre>
 *   tanh|x| = -E / (2 + E),   E = e^(-2|x|) - 1,   and tanh(-x) = -tanh(x)
 * </pre>
 */
public final class TanhF64 {
  private static final double LOG2E = 0x1.71547652b82fep0; // 1 / ln 2

  // ln 2 = LN2_HIGH + LN2_LOW; x - n LN2_HIGH is exact with fma.
  private static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
  private static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

  // As in ExpF64: the low bits hold the exponent field of 2^n.
  private static final double ROUND = 0x1.80000000003ffp52;

  // ROUND - 53. Below n = -53, 2^n - 1 would not be exact; held there, |r| grows to 1.4, outside
  // the interval of the fit, but 2^n is so small that it does no harm.
  private static final double LEAST = 0x1.80000000003cap52;

  private TanhF64() {}

  /**
   * {@code tanh(x)} for every x; |result| <= 1, and tanh(-x) has the bits of -tanh(x).
   *
   * <ul>
   *   <li>NaN gives NaN, +-infinity gives +-1, and +-0 gives +-0;
   *   <li>|x| above 19.06155 gives +-1; a subnormal x gives x.
   * </ul>
   *
   * <p>Largest error seen: 0.795 ulp, at x = 0x1.6fec804c7df4dp-3.
   */
  public static DoubleVector tanh(DoubleVector x) {
    var a = x.abs();
    var y = ofMagnitude(a.blend(19.07, a.compare(GT, 19.07)).mul(-2.0)).abs();
    var sign = x.reinterpretAsLongs().and(Long.MIN_VALUE);
    return y.reinterpretAsLongs().or(sign).reinterpretAsDoubles();
  }

  /** {@code -E / (2 + E)} with {@code E = e^v - 1}, for v <= 0. */
  private static DoubleVector ofMagnitude(DoubleVector v) {
    var biased = v.fma(broadcast(F64, LOG2E), broadcast(F64, ROUND));
    biased = biased.blend(LEAST, biased.compare(LT, LEAST));
    var n = biased.sub(ROUND);
    var s = biased.reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles();
    // E = e + eLow, as in Expm1F64.
    var high = n.fma(broadcast(F64, -LN2_HIGH), v);
    var r = n.fma(broadcast(F64, -LN2_LOW), high);
    var low = n.fma(broadcast(F64, -LN2_LOW), Expm1F64.beyondLinear(r));
    var offset = s.sub(1.0);
    var sum = s.fma(high, offset);
    low = s.fma(low, s.fma(high, offset.sub(sum)));
    var e = sum.add(low);
    var eLow = low.sub(e.sub(sum));
    // 2 + e = d + dLow; q is the quotient of the high parts, and one Newton step mends it.
    var d = e.add(2.0);
    var dLow = eLow.add(e.sub(d.sub(2.0)));
    var inverse = broadcast(F64, -1.0).div(d);
    var q = e.mul(inverse);
    var rest = q.fma(dLow, q.fma(d, e).add(eLow));
    return rest.fma(inverse, q);
  }
}
