package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F64;
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

  // tanh u = u + U1 u^3 + U2 u^5 + ... for |u| <= 1 within 2^-56.2, relative: src/tools/fit.py.
  private static final double U1 = -0x1.555555555550fp-2; // -0.333333
  private static final double U2 = 0x1.111111110d7edp-3; // 0.133333
  private static final double U3 = -0x1.ba1ba1b8108e8p-5; // -0.0539683
  private static final double U4 = 0x1.664f4836a2ee6p-6; // 0.0218695
  private static final double U5 = -0x1.226e2ebf40d69p-7; // -0.00886323
  private static final double U6 = 0x1.d6d30fef2155fp-9; // 0.00359211
  private static final double U7 = -0x1.7d9bcbb71e739p-10; // -0.00145572
  private static final double U8 = 0x1.35213a8c26c3cp-11; // 0.000589618
  private static final double U9 = -0x1.f336633ddb8d3p-13; // -0.000238043
  private static final double U10 = 0x1.8d7b341be4da9p-14; // 9.47669e-05
  private static final double U11 = -0x1.2eb47c2e32794p-15; // -3.60853e-05
  private static final double U12 = 0x1.9e12379048039p-17; // 1.23403e-05
  private static final double U13 = -0x1.cae91eb921fbcp-19; // -3.41915e-06
  private static final double U14 = 0x1.5f4b51d6058a2p-21; // 6.54336e-07
  private static final double U15 = -0x1.0d2c367cdb412p-24; // -6.26717e-08

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

  /**
   * {@code tanh(u)} for |u| <= 1; tanh(-u) has the bits of -tanh(u), but for -0, which gives 0.
   *
   * <ul>
   *   <li>NaN gives NaN.
   * </ul>
   *
   * <p>Largest error seen: 0.908 ulp, at u = 0x1.a48cfc97d7e8p-1.
   */
  public static DoubleVector tanhWithinOne(DoubleVector u) {
    var w = u.mul(u);
    var p = w.fma(broadcast(F64, U15), broadcast(F64, U14));
    p = p.fma(w, broadcast(F64, U13));
    p = p.fma(w, broadcast(F64, U12));
    p = p.fma(w, broadcast(F64, U11));
    p = p.fma(w, broadcast(F64, U10));
    p = p.fma(w, broadcast(F64, U9));
    p = p.fma(w, broadcast(F64, U8));
    p = p.fma(w, broadcast(F64, U7));
    p = p.fma(w, broadcast(F64, U6));
    p = p.fma(w, broadcast(F64, U5));
    p = p.fma(w, broadcast(F64, U4));
    p = p.fma(w, broadcast(F64, U3));
    p = p.fma(w, broadcast(F64, U2));
    p = p.fma(w, broadcast(F64, U1));
    return u.mul(w).fma(p, u);
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
