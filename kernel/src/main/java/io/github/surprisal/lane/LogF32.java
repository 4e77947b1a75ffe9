package io.github.surprisal.lane;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

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

  // ln 2 = LN2_SHORT + LN2_REST; LN2_SHORT has 15 bits, so that k LN2_SHORT is exact.
  private static final float LN2_SHORT = 0x1.62e4p-1f;
  private static final float LN2_REST = 0x1.7f7d1cp-20f;

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
    var k = exponent(a);
    var m = fraction(a);
    var y = a.blend(sum(k, m), a.compare(LT, Float.POSITIVE_INFINITY));
    y = y.blend(Float.NaN, a.compare(LT, 0f));
    return y.blend(Float.NEGATIVE_INFINITY, a.compare(EQ, 0f));
  }

  /** The k of 0 < a < infinity. */
  static FloatVector exponent(FloatVector a) {
    var subnormal = a.compare(LT, 0x1p-126f);
    var shift = broadcast(F32, 0f).blend(-23f, subnormal);
    var exponent = exponentBits(scaled(a).reinterpretAsInts());
    return ((FloatVector) exponent.convert(I2F, 0)).fma(broadcast(F32, 0x1p-23f), shift);
  }

  /** The m of 0 < a < infinity. */
  static FloatVector fraction(FloatVector a) {
    var bits = scaled(a).reinterpretAsInts();
    return bits.sub(exponentBits(bits)).reinterpretAsFloats().sub(1f);
  }

  /** a, or 2^23 a if a is subnormal. */
  private static FloatVector scaled(FloatVector a) {
    return a.blend(a.mul(0x1p23f), a.compare(LT, 0x1p-126f));
  }

  /** k 2^23. */
  private static IntVector exponentBits(IntVector bits) {
    return bits.sub(TWO_THIRDS).and(0xff80_0000);
  }

  /** {@code k ln 2 + log1p(m)}. */
  private static FloatVector sum(FloatVector k, FloatVector m) {
    var p = polynomial(m).fma(m.mul(m), m);
    return k.fma(broadcast(F32, LN2_HIGH), k.fma(broadcast(F32, LN2_LOW), p));
  }

  /** The larger part of {@code k ln 2 + log1p(m)}. */
  static FloatVector high(FloatVector k, FloatVector m) {
    return k.fma(broadcast(F32, LN2_SHORT), m);
  }

  /** What {@link #high} lacks, within 2^-27. */
  static FloatVector low(FloatVector k, FloatVector m) {
    // What high lost when it was rounded is exact.
    var low = m.sub(k.fma(broadcast(F32, -LN2_SHORT), high(k, m)));
    low = k.fma(broadcast(F32, LN2_REST), low);
    return polynomial(m).fma(m.mul(m), low);
  }

  /** {@code (log1p(m) - m) / m^2}. */
  private static FloatVector polynomial(FloatVector m) {
    var p = m.fma(broadcast(F32, C10), broadcast(F32, C9));
    p = p.fma(m, broadcast(F32, C8));
    p = p.fma(m, broadcast(F32, C7));
    p = p.fma(m, broadcast(F32, C6));
    p = p.fma(m, broadcast(F32, C5));
    p = p.fma(m, broadcast(F32, C4));
    p = p.fma(m, broadcast(F32, C3));
    return p.fma(m, broadcast(F32, -0.5f));
  }
}
