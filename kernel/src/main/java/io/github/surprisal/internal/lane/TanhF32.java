package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The hyperbolic tangent in float32.
 *
 * <pre>
 *   tanh|x| = -E / (2 + E),   E = e^(-2|x|) - 1,   and tanh(-x) = -tanh(x)
 * </pre>
 */
public final class TanhF32 {
  private static final float LOG2E = 0x1.715476p0f; // 1 / ln 2

  // ln 2 = LN2_HIGH + LN2_LOW; x - n LN2_HIGH is exact with fma.
  private static final float LN2_HIGH = 0x1.62e430p-1f;
  private static final float LN2_LOW = -0x1.05c610p-29f;

  // As in ExpF32: the low bits hold the exponent field of 2^n.
  private static final float ROUND = 0x1.8000fep23f;

  // ROUND - 24. Below n = -24, 2^n - 1 would not be exact; held there, |r| grows to 1.4, outside
  // the interval of the fit, but 2^n is so small that it does no harm.
  private static final float LEAST = 0x1.8000cep23f;

  // tanh u = u + U1 u^3 + U2 u^5 + ... for |u| <= 1 within 2^-27.7, relative: src/tools/fit.py.
  private static final float U1 = -0x1.55553cp-2f; // -0.333333
  private static final float U2 = 0x1.110be4p-3f; // 0.133323
  private static final float U3 = -0x1.b9623ep-5f; // -0.0538799
  private static final float U4 = 0x1.6009dap-6f; // 0.0214867
  private static final float U5 = -0x1.0460e2p-7f; // -0.00794612
  private static final float U6 = 0x1.2da3b8p-9f; // 0.00230133
  private static final float U7 = -0x1.77d764p-12f; // -0.00035843

  private TanhF32() {}

  /**
   * {@code tanh(x)} for every x; |result| <= 1, and tanh(-x) has the bits of -tanh(x).
   *
   * <ul>
   *   <li>NaN gives NaN, +-infinity gives +-1, and +-0 gives +-0;
   *   <li>|x| above 9.01397 gives +-1; a subnormal x gives x.
   * </ul>
   *
   * <p>Error at most 0.8650 ulp, at x = 0x1.61527ap-3; every float was tried.
   */
  public static FloatVector tanh(FloatVector x) {
    var a = x.abs();
    var y = ofMagnitude(a.blend(9.02f, a.compare(GT, 9.02f)).mul(-2f)).abs();
    var sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
    return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /**
   * {@code tanh(u)} for |u| <= 1; tanh(-u) has the bits of -tanh(u), but for -0, which gives 0.
   *
   * <ul>
   *   <li>NaN gives NaN.
   * </ul>
   *
   * <p>Error at most 0.9451 ulp, at u = 0x1.d282b4p-1; every float was tried.
   */
  public static FloatVector tanhWithinOne(FloatVector u) {
    var w = u.mul(u);
    var p = w.fma(broadcast(F32, U7), broadcast(F32, U6));
    p = p.fma(w, broadcast(F32, U5));
    p = p.fma(w, broadcast(F32, U4));
    p = p.fma(w, broadcast(F32, U3));
    p = p.fma(w, broadcast(F32, U2));
    p = p.fma(w, broadcast(F32, U1));
    return u.mul(w).fma(p, u);
  }

  /** {@code -E / (2 + E)} with {@code E = e^v - 1}, for v <= 0. */
  private static FloatVector ofMagnitude(FloatVector v) {
    var biased = v.fma(broadcast(F32, LOG2E), broadcast(F32, ROUND));
    biased = biased.blend(LEAST, biased.compare(LT, LEAST));
    var n = biased.sub(ROUND);
    var s = biased.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
    // E = e + eLow, as in Expm1F32.
    var high = n.fma(broadcast(F32, -LN2_HIGH), v);
    var r = n.fma(broadcast(F32, -LN2_LOW), high);
    var low = n.fma(broadcast(F32, -LN2_LOW), Expm1F32.beyondLinear(r));
    var offset = s.sub(1f);
    var sum = s.fma(high, offset);
    low = s.fma(low, s.fma(high, offset.sub(sum)));
    var e = sum.add(low);
    var eLow = low.sub(e.sub(sum));
    // 2 + e = d + dLow; q is the quotient of the high parts, and one Newton step mends it.
    var d = e.add(2f);
    var dLow = eLow.add(e.sub(d.sub(2f)));
    var inverse = broadcast(F32, -1f).div(d);
    var q = e.mul(inverse);
    var rest = q.fma(dLow, q.fma(d, e).add(eLow));
    return rest.fma(inverse, q);
  }
}
