package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The exponential function in float32.
 *
 * <pre>
 *   e^x = 2^n e^r,   n = round(x / ln 2),   r = x - n ln 2,   |r| <= ln(2) / 2
 * </pre>
 */
public final class ExpF32 {
  private static final float LOG2E = 0x1.715476p0f; // 1 / ln 2

  // ln 2 = LN2_HIGH + LN2_LOW. With fma, r needs no trailing zeros in LN2_HIGH.
  private static final float LN2_HIGH = 0x1.62e430p-1f;
  private static final float LN2_LOW = -0x1.05c610p-29f;

  // e^r - 1 = r + C2 r^2 + ..., e^r within 2^-28.3, relative: src/tools/fit.py.
  private static final float C2 = 0x1.fffffcp-2f; // 0.5
  private static final float C3 = 0x1.555492p-3f; // 0.166665
  private static final float C4 = 0x1.5558aep-5f; // 0.0416683
  private static final float C5 = 0x1.12398ep-7f; // 0.00836868
  private static final float C6 = 0x1.6a4fb2p-10f; // 0.00138211

  // Adding 1.5 2^23 + 127 rounds to an integer n and leaves n + 127, the exponent field of 2^n, in
  // the low bits, so that a shift by 23 gives 2^n.
  private static final float ROUND = 0x1.8000fep23f;

  /** The biased exponent of 2^-126, from an origin of 0. */
  private static final float LEAST = ROUND - 126;

  private static final float LN_MIN_NORMAL = -0x1.5d589ep6f; // -87.33654, ln(2^-126)

  private ExpF32() {}

  /**
   * {@code e^x} for every x.
   *
   * <ul>
   *   <li>NaN gives NaN, infinity gives infinity, -infinity gives +0, and +-0 gives 1;
   *   <li>above 88.72284 the result overflows to infinity;
   *   <li>results below 2^-126 are subnormal, rounded once, and +0 below x = -103.97208.
   * </ul>
   *
   * <p>Error at most 0.9106 ulp, at x = 0x1.dfa43cp5; every float was tried.
   */
  public static FloatVector exp(FloatVector x) {
    x = x.blend(89f, x.compare(GT, 89f));
    x = x.blend(-104f, x.compare(LT, -104f));
    var n = x.fma(broadcast(F32, LOG2E), broadcast(F32, ROUND)).sub(ROUND);
    // 2^n may lie outside the normal range; 2^n = 2^i 2^(n - i) with i = round(n / 2) does not.
    var halfway = n.fma(broadcast(F32, 0.5f), broadcast(F32, ROUND));
    var other = n.sub(halfway.sub(ROUND)).add(ROUND);
    return times(power(other), rest(x, n)).mul(power(halfway));
  }

  /**
   * {@code e^x} for x <= 0, with results below 2^-126 flushed to +0.
   *
   * <ul>
   *   <li>NaN gives NaN, -infinity gives +0, and +-0 gives 1;
   *   <li>x below -87.33654 gives +0.
   * </ul>
   *
   * <p>Error at most 0.9035 ulp, at x = -0x1.196b42p6; every float was tried.
   */
  public static FloatVector expNonPositive(FloatVector x) {
    var biased = x.fma(broadcast(F32, LOG2E), broadcast(F32, ROUND));
    var r = rest(x, biased.sub(ROUND));
    var p = power(biased);
    // Not times(p, r), since p r may be subnormal.
    var y = curvature(r).fma(r, broadcast(F32, 1f)).mul(p).fma(r, p);
    return y.blend(0f, x.compare(LT, LN_MIN_NORMAL));
  }

  /**
   * {@code e^x 2^-k} with the {@code origin} of k: numerators of a softmax whose terms are all at
   * most 1.5. A factor that is a power of two rounds nothing, where {@code e^(x - max)} would round
   * {@code x - max}.
   *
   * <ul>
   *   <li>results below 2^-126 are +0 or subnormal;
   *   <li>NaN gives NaN, -infinity gives +0.
   * </ul>
   */
  public static FloatVector expScaled(FloatVector x, FloatVector origin) {
    var biased = x.fma(broadcast(F32, LOG2E), origin);
    var y = timesFast(power(biased), rest(x, biased.sub(origin)));
    return y.blend(0f, biased.compare(LT, LEAST));
  }

  /**
   * The scaled exponential of {@code x / T}, at the cost of one more product: {@code x - n T ln 2},
   * the rest of the reduction, is divided, of which the rounding does not grow with x. Takes the
   * constants of a {@link TemperatureF32}, as numbers so that they stay in registers.
   */
  public static FloatVector expScaled(
      FloatVector x, FloatVector origin, float log2e, float high, float low, float inverse) {
    var biased = x.fma(broadcast(F32, log2e), origin);
    var n = biased.sub(origin);
    var r = n.fma(broadcast(F32, high), x);
    r = n.fma(broadcast(F32, low), r).mul(inverse);
    return timesFast(power(biased), r).blend(0f, biased.compare(LT, LEAST));
  }

  /** The origin of {@code k = round(x / (T ln 2))}, with which {@code expScaled(x)} is near 1. */
  public static FloatVector origin(FloatVector x, float log2e) {
    var k = x.fma(broadcast(F32, log2e), broadcast(F32, ROUND)).sub(ROUND);
    return broadcast(F32, ROUND).sub(k);
  }

  /**
   * What to subtract from x before {@link #expScaled} if their maximum is {@code max}: nothing, or
   * where multiples of T ln 2 of that size are inexact, {@code max}; beyond 2048 T, {@code x - max}
   * is exact wherever the result is not 0.
   */
  public static FloatVector shift(FloatVector max, float unshifted) {
    return max.blend(0f, max.abs().compare(LT, unshifted));
  }

  /**
   * {@code t e^x}, where e^x may lie outside the range of the type: only a product that does
   * overflows to infinity or underflows.
   *
   * <ul>
   *   <li>NaN gives NaN;
   *   <li>t = 0 gives 0, even at x = infinity; x = -infinity gives 0 but for an infinite t, which
   *       gives NaN.
   * </ul>
   *
   * <p>Error at most 1.5 ulp of the product, or 2^-126.
   */
  public static FloatVector expTimes(FloatVector x, FloatVector t) {
    var y = x.blend(200f, x.compare(GT, 200f));
    y = y.blend(-200f, y.compare(LT, -200f));
    var n = y.fma(broadcast(F32, LOG2E), broadcast(F32, ROUND)).sub(ROUND);
    // 2^n = 2^i 2^(n - 2 i) 2^i with i = round(n / 3), none of them outside the normal range.
    var third = n.fma(broadcast(F32, 1f / 3), broadcast(F32, ROUND));
    var between = third.sub(ROUND).fma(broadcast(F32, -2f), n).add(ROUND);
    var outer = power(third);
    var product = t.mul(outer).mul(times(power(between), rest(y, n))).mul(outer);
    return product.blend(t.mul(0f), x.compare(EQ, Float.NEGATIVE_INFINITY));
  }

  /** {@code x - n ln 2}. */
  private static FloatVector rest(FloatVector x, FloatVector n) {
    return n.fma(broadcast(F32, -LN2_LOW), n.fma(broadcast(F32, -LN2_HIGH), x));
  }

  /** 2^n of a sum that was rounded by an origin: {@code biased = n + origin(0)}. */
  private static FloatVector power(FloatVector biased) {
    return biased.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
  }

  /** {@code p e^r = p + p r (1 + r c)} for a power of two, with c the {@link #curvature}. */
  private static FloatVector times(FloatVector p, FloatVector r) {
    return p.mul(r).fma(curvature(r).fma(r, broadcast(F32, 1f)), p);
  }

  /** {@code p e^r = p + p (r + r^2 c)}: one step less, at the cost of 0.12 ulp. */
  private static FloatVector timesFast(FloatVector p, FloatVector r) {
    return curvature(r).fma(r.mul(r), r).fma(p, p);
  }

  /** {@code c = (e^r - 1 - r) / r^2} for |r| <= ln(2) / 2, in few steps that need each other. */
  private static FloatVector curvature(FloatVector r) {
    var s = r.mul(r);
    var first = r.fma(broadcast(F32, C3), broadcast(F32, C2));
    var last = s.fma(broadcast(F32, C6), r.fma(broadcast(F32, C5), broadcast(F32, C4)));
    return last.fma(s, first);
  }
}
