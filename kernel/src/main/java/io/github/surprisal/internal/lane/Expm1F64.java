package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;

/**
 * The exponential minus one in float64, accurate near zero.
 *
 * <pre>
 *   e^x - 1 = 2^n (e^r - 1) + (2^n - 1),   n = round(x / ln 2),   r = x - n ln 2
 * </pre>
 */
public final class Expm1F64 {
  private static final double LOG2E = 0x1.71547652b82fep0; // 1 / ln 2

  // ln 2 = LN2_HIGH + LN2_LOW; x - n LN2_HIGH is exact with fma.
  private static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
  private static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

  // e^r - 1 = r + C2 r^2 + ... within 2^-61.5, relative: src/tools/fit.py.
  private static final double C2 = 0x1.0000000000000p-1; // 0.5
  private static final double C3 = 0x1.5555555555559p-3; // 0.166667
  private static final double C4 = 0x1.555555555554dp-5; // 0.0416667
  private static final double C5 = 0x1.111111110f652p-7; // 0.00833333
  private static final double C6 = 0x1.6c16c16c1ab02p-10; // 0.00138889
  private static final double C7 = 0x1.a01a01b00569fp-13; // 0.000198413
  private static final double C8 = 0x1.a01a018e0dd3dp-16; // 2.48016e-05
  private static final double C9 = 0x1.71ddf808fd3e4p-19; // 2.75572e-06
  private static final double C10 = 0x1.27e5133a94921p-22; // 2.75574e-07
  private static final double C11 = 0x1.af5f39dfbec05p-26; // 2.51092e-08
  private static final double C12 = 0x1.1f1a397558a07p-29; // 2.08895e-09

  // As in ExpF64, with 1022 for 1023: the low bits then hold the exponent field of 2^n / 2, which
  // is
  // finite for every finite result.
  private static final double ROUND = 0x1.80000000003fep52;

  private Expm1F64() {}

  /**
   * {@code e^x - 1} for every x.
   *
   * <ul>
   *   <li>NaN gives NaN, infinity gives infinity, -infinity gives -1, and +-0 gives +-0;
   *   <li>above 709.78271 the result overflows to infinity;
   *   <li>a subnormal x gives x.
   * </ul>
   *
   * <p>Largest error seen: 1.183 ulp, at x = 0x1.28adcec643ae4p5.
   */
  public static DoubleVector expm1(DoubleVector x) {
    var tiny = x.abs().compare(LT, 0x1p-54); // where e^x - 1 rounds to x, or nearly
    var a = x.blend(710.0, x.compare(GT, 710.0));
    a = a.blend(-40.0, a.compare(LT, -40.0));
    var biased = a.fma(broadcast(F64, LOG2E), broadcast(F64, ROUND));
    var n = biased.sub(ROUND);
    var s = biased.reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles();
    // r = high - n LN2_LOW. Half the result is (s - 1/2 + s high) + s (e^r - 1 - high); what
    // rounding the first sum loses goes into the second.
    var high = n.fma(broadcast(F64, -LN2_HIGH), a);
    var r = n.fma(broadcast(F64, -LN2_LOW), high);
    var curved = n.fma(broadcast(F64, -LN2_LOW), beyondLinear(r));
    var offset = s.sub(0.5);
    var sum = s.fma(high, offset);
    var lost = s.fma(high, offset.sub(sum));
    return sum.add(s.fma(curved, lost)).mul(2.0).blend(x, tiny);
  }

  /** {@code e^r - 1 - r} for |r| <= ln(2) / 2. */
  public static DoubleVector beyondLinear(DoubleVector r) {
    var p = r.fma(broadcast(F64, C12), broadcast(F64, C11));
    p = p.fma(r, broadcast(F64, C10));
    p = p.fma(r, broadcast(F64, C9));
    p = p.fma(r, broadcast(F64, C8));
    p = p.fma(r, broadcast(F64, C7));
    p = p.fma(r, broadcast(F64, C6));
    p = p.fma(r, broadcast(F64, C5));
    p = p.fma(r, broadcast(F64, C4));
    p = p.fma(r, broadcast(F64, C3));
    p = p.fma(r, broadcast(F64, C2));
    return p.mul(r.mul(r));
  }
}
