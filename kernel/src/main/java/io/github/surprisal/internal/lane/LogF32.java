package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The natural logarithm in float32.
 *
 * <pre>
 *   a = 2^k (1 + m),   2/3 <= 1 + m < 4/3,   log(a) = k ln 2 + log1p(m)
 * </pre>
 */
public final class LogF32 {
  // ln 2 = LN2_HIGH + LN2_LOW.
  private static final float LN2_HIGH = 0x1.62e430p-1f;
  private static final float LN2_LOW = -0x1.05c610p-29f;

  // log1p(m) = m - m^2 / 2 + C3 m^3 + ... within 2^-27.7, relative: src/tools/fit.py.
  private static final float C3 = 0x1.555506p-2f; // 0.333332
  private static final float C4 = -0x1.fffef0p-3f; // -0.249998
  private static final float C5 = 0x1.99d05ep-3f; // 0.200104
  private static final float C6 = -0x1.559de2p-3f; // -0.166805
  private static final float C7 = 0x1.1ed426p-3f; // 0.140053
  private static final float C8 = -0x1.f30e90p-4f; // -0.12184
  private static final float C9 = 0x1.1e738ep-3f; // 0.139869
  private static final float C10 = -0x1.080baap-3f; // -0.128928

  private static final int TWO_THIRDS = 0x3f2aaaab; // bits of 2/3

  private LogF32() {}

  /**
   * {@code log(a)} for every a.
   *
   * <ul>
   *   <li>NaN gives NaN, and infinity gives infinity;
   *   <li>+0 and -0 give -infinity, and a below 0 gives NaN;
   *   <li>1 gives +0.
   * </ul>
   *
   * <p>Error at most 0.9339 ulp, at a = 0x1.4574e2p-1; every float was tried.
   */
  public static FloatVector log(FloatVector a) {
    var subnormal = a.compare(LT, 0x1p-126f);
    var x = a.blend(a.mul(0x1p23f), subnormal);
    var shift = broadcast(F32, 0f).blend(-23f, subnormal);
    var bits = x.reinterpretAsInts();
    var exponent = bits.sub(TWO_THIRDS).and(0xff80_0000); // k 2^23
    var k = ((FloatVector) exponent.convert(I2F, 0)).fma(broadcast(F32, 0x1p-23f), shift);
    var m = bits.sub(exponent).reinterpretAsFloats().sub(1f);
    var y = a.blend(sum(k, m), a.compare(LT, Float.POSITIVE_INFINITY));
    y = y.blend(Float.NaN, a.compare(LT, 0f));
    return y.blend(Float.NEGATIVE_INFINITY, a.compare(EQ, 0f));
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
