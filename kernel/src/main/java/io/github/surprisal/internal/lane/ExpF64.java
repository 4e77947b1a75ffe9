package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;

/**
 * The exponential function in float64.
 *
 * <pre>
 *   e^x = 2^n e^r,   n = round(x / ln 2),   r = x - n ln 2,   |r| <= ln(2) / 2
 * </pre>
 */
public final class ExpF64 {
  private static final double LOG2E = 0x1.71547652b82fep0; // 1 / ln 2

  // ln 2 = LN2_HIGH + LN2_LOW. With fma, r needs no trailing zeros in LN2_HIGH.
  private static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
  private static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

  // e^r = 1 + r + C2 r^2 + ... within 2^-57.9, relative: src/tools/fit.py.
  private static final double C2 = 0x1.000000000000ap-1; // 0.5
  private static final double C3 = 0x1.55555555554fcp-3; // 0.166667
  private static final double C4 = 0x1.555555555069ap-5; // 0.0416667
  private static final double C5 = 0x1.111111112720cp-7; // 0.00833333
  private static final double C6 = 0x1.6c16c184822bep-10; // 0.00138889
  private static final double C7 = 0x1.a01a012dec13bp-13; // 0.000198413
  private static final double C8 = 0x1.a019993a8ef80p-16; // 2.48015e-05
  private static final double C9 = 0x1.71df1cdc6aa38p-19; // 2.75576e-06
  private static final double C10 = 0x1.28ae227f96c8ap-22; // 2.76305e-07
  private static final double C11 = 0x1.ad8d797949be9p-26; // 2.50033e-08

  // Adding 1.5 2^52 + 1023 rounds to an integer n and leaves n + 1023, the exponent field of 2^n,
  // in the low bits, so that a shift by 52 gives 2^n.
  private static final double ROUND = 0x1.80000000003ffp52;

  /** The biased exponent of 2^-1022, from an origin of 0. */
  private static final double LEAST = ROUND - 1022;

  private static final double LN_MIN_NORMAL = -0x1.6232bdd7abcd2p9; // -708.39642, ln(2^-1022)

  private ExpF64() {}

  /**
   * {@code e^x} for every x.
   *
   * <ul>
   *   <li>NaN gives NaN, infinity gives infinity, -infinity gives +0, and +-0 gives 1;
   *   <li>above 709.78271 the result overflows to infinity;
   *   <li>results below 2^-1022 are subnormal, rounded once, and +0 below x = -745.13321.
   * </ul>
   *
   * <p>Largest error seen: 0.908 ulp, at x = -0x1.625f4e8d36748p9, a subnormal result.
   */
  public static DoubleVector exp(DoubleVector x) {
    x = x.blend(710.0, x.compare(GT, 710.0));
    x = x.blend(-746.0, x.compare(LT, -746.0));
    var n = x.fma(broadcast(F64, LOG2E), broadcast(F64, ROUND)).sub(ROUND);
    // 2^n may lie outside the normal range; 2^n = 2^i 2^(n - i) with i = round(n / 2) does not.
    var halfway = n.fma(broadcast(F64, 0.5), broadcast(F64, ROUND));
    var rest = n.sub(halfway.sub(ROUND)).add(ROUND);
    return reduced(x, n)
        .mul(halfway.reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles())
        .mul(rest.reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles());
  }

  /**
   * {@code e^x} for x <= 0, with results below 2^-1022 flushed to +0.
   *
   * <ul>
   *   <li>NaN gives NaN, -infinity gives +0, and +-0 gives 1;
   *   <li>x below -708.39642 gives +0.
   * </ul>
   *
   * <p>Largest error seen: 0.878 ulp, at x = -0x1.1aa179acf86d9p9.
   */
  public static DoubleVector expNonPositive(DoubleVector x) {
    var biased = x.fma(broadcast(F64, LOG2E), broadcast(F64, ROUND));
    // A product, not an addition to the exponent bits, which would turn some NaNs into numbers.
    var y =
        reduced(x, biased.sub(ROUND))
            .mul(biased.reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles());
    return y.blend(0.0, x.compare(LT, LN_MIN_NORMAL));
  }

  /**
   * {@code e^x 2^-k} with the {@code origin} of k: numerators of a softmax whose terms are all at
   * most 1.5. A factor that is a power of two rounds nothing, where {@code e^(x - max)} would round
   * {@code x - max}.
   *
   * <ul>
   *   <li>results below 2^-1022 are +0 or subnormal;
   *   <li>NaN gives NaN, -infinity gives +0.
   * </ul>
   */
  public static DoubleVector expScaled(DoubleVector x, DoubleVector origin) {
    var biased = x.fma(broadcast(F64, LOG2E), origin);
    var y =
        reduced(x, biased.sub(origin))
            .mul(biased.reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles());
    return y.blend(0.0, biased.compare(LT, LEAST));
  }

  /**
   * The scaled exponential of {@code x / T}, at the cost of one more product: {@code x - n T ln 2},
   * the rest of the reduction, is divided, of which the rounding does not grow with x. Takes the
   * constants of a {@link TemperatureF64}, as numbers so that they stay in registers.
   */
  public static DoubleVector expScaled(
      DoubleVector x, DoubleVector origin, double log2e, double high, double low, double inverse) {
    var biased = x.fma(broadcast(F64, log2e), origin);
    var n = biased.sub(origin);
    var r = n.fma(broadcast(F64, high), x);
    r = n.fma(broadcast(F64, low), r).mul(inverse);
    var y =
        polynomial(r).mul(biased.reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles());
    return y.blend(0.0, biased.compare(LT, LEAST));
  }

  /** The origin of {@code k = round(x / (T ln 2))}, with which {@code expScaled(x)} is near 1. */
  public static DoubleVector origin(DoubleVector x, double log2e) {
    var k = x.fma(broadcast(F64, log2e), broadcast(F64, ROUND)).sub(ROUND);
    return broadcast(F64, ROUND).sub(k);
  }

  /**
   * What to subtract from x before {@link #expScaled} if their maximum is {@code max}: nothing, or
   * where multiples of T ln 2 of that size are inexact, {@code max}; beyond 2048 T, {@code x - max}
   * is exact wherever the result is not 0.
   */
  public static DoubleVector shift(DoubleVector max, double unshifted) {
    return max.blend(0.0, max.abs().compare(LT, unshifted));
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
   * <p>Error at most 1.5 ulp of the product, or 2^-1022.
   */
  public static DoubleVector expTimes(DoubleVector x, DoubleVector t) {
    var y = x.blend(1500.0, x.compare(GT, 1500.0));
    y = y.blend(-1500.0, y.compare(LT, -1500.0));
    var n = y.fma(broadcast(F64, LOG2E), broadcast(F64, ROUND)).sub(ROUND);
    // 2^n = 2^i 2^(n - 2 i) 2^i with i = round(n / 3), none of them outside the normal range.
    var third = n.fma(broadcast(F64, 1.0 / 3), broadcast(F64, ROUND));
    var rest = third.sub(ROUND).fma(broadcast(F64, -2.0), n).add(ROUND);
    var outer = third.reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles();
    var inner = rest.reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles();
    var product = t.mul(outer).mul(reduced(y, n).mul(inner)).mul(outer);
    return product.blend(t.mul(0.0), x.compare(EQ, Double.NEGATIVE_INFINITY));
  }

  /** {@code e^(x - n ln 2)}. */
  private static DoubleVector reduced(DoubleVector x, DoubleVector n) {
    var r = n.fma(broadcast(F64, -LN2_HIGH), x);
    return polynomial(n.fma(broadcast(F64, -LN2_LOW), r));
  }

  /** {@code e^r} for |r| <= ln(2) / 2. */
  private static DoubleVector polynomial(DoubleVector r) {
    var p = r.fma(broadcast(F64, C11), broadcast(F64, C10));
    p = p.fma(r, broadcast(F64, C9));
    p = p.fma(r, broadcast(F64, C8));
    p = p.fma(r, broadcast(F64, C7));
    p = p.fma(r, broadcast(F64, C6));
    p = p.fma(r, broadcast(F64, C5));
    p = p.fma(r, broadcast(F64, C4));
    p = p.fma(r, broadcast(F64, C3));
    p = p.fma(r, broadcast(F64, C2));
    p = p.fma(r, broadcast(F64, 1.0));
    return p.fma(r, broadcast(F64, 1.0));
  }
}
