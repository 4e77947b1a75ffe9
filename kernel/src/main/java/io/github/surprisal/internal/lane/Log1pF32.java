package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F32;
import static io.github.surprisal.internal.lane.Species.I32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The logarithm of 1 + a in float32.
 *
 * <pre>
 *   1 + a = 2^k (1 + m),   3/4 <= 1 + m < 3/2,   log1p(a) = k ln 2 + log1p(m)
 * </pre>
 */
public final class Log1pF32 {
  // ln 2 = LN2_HIGH + LN2_LOW.
  private static final float LN2_HIGH = 0x1.62e430p-1f;
  private static final float LN2_LOW = -0x1.05c610p-29f;

  // log1p(m) = m - m^2 / 2 + C3 m^3 + ... within 2^-27.6, relative: src/tools/fit.py.
  private static final float C3 = 0x1.5555a4p-2f; // 0.333335
  private static final float C4 = -0x1.000042p-2f; // -0.250001
  private static final float C5 = 0x1.996966p-3f; // 0.199908
  private static final float C6 = -0x1.54ef16p-3f; // -0.166472
  private static final float C7 = 0x1.2886b8p-3f; // 0.144788
  private static final float C8 = -0x1.0d93f4p-3f; // -0.13163
  private static final float C9 = 0x1.aca08ep-4f; // 0.104645
  private static final float C10 = -0x1.713e36p-5f; // -0.0450736

  // That polynomial within 2^-29.7 for 0 <= a <= 1.
  private static final float U3 = 0x1.5554b4p-2f; // 0.333331
  private static final float U4 = -0x1.ffdcf4p-3f; // -0.249933
  private static final float U5 = 0x1.981792p-3f; // 0.199264
  private static final float U6 = -0x1.4c5c3ep-3f; // -0.162285
  private static final float U7 = 0x1.03af58p-3f; // 0.126799
  private static final float U8 = -0x1.5ff16cp-4f; // -0.0859236
  private static final float U9 = 0x1.6aee18p-5f; // 0.044303
  private static final float U10 = -0x1.e12ee0p-7f; // -0.0146845
  private static final float U11 = 0x1.2a6f76p-9f; // 0.00227688

  private Log1pF32() {}

  /**
   * {@code log(1 + a)} for every a.
   *
   * <ul>
   *   <li>NaN gives NaN, infinity gives infinity, and +-0 gives +-0;
   *   <li>-1 gives -infinity, and a below -1 gives NaN.
   * </ul>
   *
   * <p>Error at most 1.2684 ulp, at a = 0x1.fffffep-2; every float was tried.
   */
  public static FloatVector log1p(FloatVector a) {
    var y = log1pNonNegative(a);
    y = y.blend(Float.NaN, a.compare(LT, -1f));
    y = y.blend(Float.NEGATIVE_INFINITY, a.compare(EQ, -1f));
    return y.blend(a, a.compare(EQ, 0f)); // keeps the sign of -0
  }

  /**
   * {@code log(1 + a)} for a >= 0: {@link #log1p} without the cases it does not need there.
   *
   * <ul>
   *   <li>NaN gives NaN, infinity gives infinity, and +0 gives +0.
   * </ul>
   *
   * <p>Error at most 1.2684 ulp, at a = 0x1.fffffep-2; every float was tried.
   */
  public static FloatVector log1pNonNegative(FloatVector a) {
    // Half a unit of the significand, carried, gives the exponent field 127 + k.
    var exponent = a.add(1f).reinterpretAsInts().add(0x0040_0000).and(0xff80_0000);
    var scale = IntVector.broadcast(I32, Integer.MIN_VALUE).sub(exponent).reinterpretAsFloats();
    var k =
        ((FloatVector) exponent.convert(I2F, 0))
            .fma(broadcast(F32, 0x1p-23f), broadcast(F32, -127f));
    // With scale = 4 2^-k, never subnormal: m = a 2^-k + (2^-k - 1). Both sums are exact up to
    // k = 24, above which 2^-k does not count; but for a = 1/2 - 2^-25, where 1 + a rounds up to
    // 3/2 and makes k = 1, m is rounded.
    var m =
        a.mul(scale)
            .fma(broadcast(F32, 0.25f), scale.fma(broadcast(F32, 0.25f), broadcast(F32, -1f)));
    return a.blend(sum(k, m), a.compare(LT, Float.POSITIVE_INFINITY));
  }

  /**
   * {@code log(1 + a)} for 0 <= a <= 1, at less than half the cost of {@link #log1p}.
   *
   * <ul>
   *   <li>NaN gives NaN, and +0 gives +0.
   * </ul>
   *
   * <p>Error at most 1.1415 ulp, at a = 0x1.ee4458p-1; every float was tried.
   */
  public static FloatVector log1pUnit(FloatVector a) {
    var p = a.fma(broadcast(F32, U11), broadcast(F32, U10));
    p = p.fma(a, broadcast(F32, U9));
    p = p.fma(a, broadcast(F32, U8));
    p = p.fma(a, broadcast(F32, U7));
    p = p.fma(a, broadcast(F32, U6));
    p = p.fma(a, broadcast(F32, U5));
    p = p.fma(a, broadcast(F32, U4));
    p = p.fma(a, broadcast(F32, U3));
    p = p.fma(a, broadcast(F32, -0.5f));
    return p.fma(a.mul(a), a);
  }

  /** {@code k ln 2 + log1p(m)}. */
  private static FloatVector sum(FloatVector k, FloatVector m) {
    var p = m.fma(broadcast(F32, C10), broadcast(F32, C9));
    p = p.fma(m, broadcast(F32, C8));
    p = p.fma(m, broadcast(F32, C7));
    p = p.fma(m, broadcast(F32, C6));
    p = p.fma(m, broadcast(F32, C5));
    p = p.fma(m, broadcast(F32, C4));
    p = p.fma(m, broadcast(F32, C3));
    p = p.fma(m, broadcast(F32, -0.5f));
    p = p.fma(m.mul(m), m);
    return k.fma(broadcast(F32, LN2_HIGH), k.fma(broadcast(F32, LN2_LOW), p));
  }
}
