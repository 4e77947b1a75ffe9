package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The exponential minus one in float32, accurate near zero.
 *
 * <pre>
 *   e^x - 1 = 2^n (e^r - 1) + (2^n - 1),   n = round(x / ln 2),   r = x - n ln 2
 * </pre>
 */
public final class Expm1F32 {
  private static final float LOG2E = 0x1.715476p0f; // 1 / ln 2

  // ln 2 = LN2_HIGH + LN2_LOW; x - n LN2_HIGH is exact with fma.
  private static final float LN2_HIGH = 0x1.62e430p-1f;
  private static final float LN2_LOW = -0x1.05c610p-29f;

  // e^r - 1 = r + C2 r^2 + ... within 2^-26.1, relative: src/tools/fit.py.
  private static final float C2 = 0x1.fffffep-2f; // 0.5
  private static final float C3 = 0x1.5554b0p-3f; // 0.166665
  private static final float C4 = 0x1.555716p-5f; // 0.0416675
  private static final float C5 = 0x1.1227a4p-7f; // 0.00836654
  private static final float C6 = 0x1.6b7390p-10f; // 0.00138646

  // As in ExpF32, with 126 for 127: the low bits then hold the exponent field of 2^n / 2, which is
  // finite for every finite result.
  private static final float ROUND = 0x1.8000fcp23f;

  private Expm1F32() {}

  /**
   * {@code e^x - 1} for every x.
   *
   * <ul>
   *   <li>NaN gives NaN, infinity gives infinity, -infinity gives -1, and +-0 gives +-0;
   *   <li>above 88.72284 the result overflows to infinity;
   *   <li>a subnormal x gives x.
   * </ul>
   *
   * <p>Error at most 1.2524 ulp, at x = 0x1.631b12p-2; every float was tried.
   */
  public static FloatVector expm1(FloatVector x) {
    var tiny = x.abs().compare(LT, 0x1p-25f); // where e^x - 1 rounds to x, or nearly
    var a = x.blend(89f, x.compare(GT, 89f));
    a = a.blend(-20f, a.compare(LT, -20f));
    var biased = a.fma(broadcast(F32, LOG2E), broadcast(F32, ROUND));
    var n = biased.sub(ROUND);
    var s = biased.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
    // r = high - n LN2_LOW. Half the result is (s - 1/2 + s high) + s (e^r - 1 - high); what
    // rounding the first sum loses goes into the second.
    var high = n.fma(broadcast(F32, -LN2_HIGH), a);
    var r = n.fma(broadcast(F32, -LN2_LOW), high);
    var curved = n.fma(broadcast(F32, -LN2_LOW), beyondLinear(r));
    var offset = s.sub(0.5f);
    var sum = s.fma(high, offset);
    var lost = s.fma(high, offset.sub(sum));
    return sum.add(s.fma(curved, lost)).mul(2f).blend(x, tiny);
  }

  /** {@code e^r - 1 - r} for |r| <= ln(2) / 2. */
  public static FloatVector beyondLinear(FloatVector r) {
    var p = r.fma(broadcast(F32, C6), broadcast(F32, C5));
    p = p.fma(r, broadcast(F32, C4));
    p = p.fma(r, broadcast(F32, C3));
    p = p.fma(r, broadcast(F32, C2));
    return p.mul(r.mul(r));
  }
}
