package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F64;
import static io.github.surprisal.internal.lane.Species.I64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * The logarithm of 1 + a in float64.
 *
 * <pre>
 *   1 + a = 2^k (1 + m),   3/4 <= 1 + m < 3/2,   log1p(a) = k ln 2 + log1p(m)
 * </pre>
 */
public final class Log1pF64 {
  // R(z) of LogF64 = U1 z + U2 z^2 + ... within 2^-59.4 of log1p for z <= 1/9: src/tools/fit.py.
  private static final double U1 = 0x1.5555555555535p-1; // 0.666667
  private static final double U2 = 0x1.99999999a0725p-2; // 0.4
  private static final double U3 = 0x1.249249208e88bp-2; // 0.285714
  private static final double U4 = 0x1.c71c741b16155p-3; // 0.222222
  private static final double U5 = 0x1.745cb4389cebfp-3; // 0.181817
  private static final double U6 = 0x1.3b1dd628c8749p-3; // 0.153866
  private static final double U7 = 0x1.106810fdf2034p-3; // 0.133011
  private static final double U8 = 0x1.efd3423ad4219p-4; // 0.121051
  private static final double U9 = 0x1.55c862d8a2e4dp-4; // 0.0834431
  private static final double U10 = 0x1.5c6232294a3a5p-3; // 0.170109

  // 2^52 as the high bits of a double whose low bits then count units.
  static final long UNITS = 0x4330_0000_0000_0000L;

  private Log1pF64() {}

  /**
   * {@code log(1 + a)} for every a.
   *
   * <ul>
   *   <li>NaN gives NaN, infinity gives infinity, and +-0 gives +-0;
   *   <li>-1 gives -infinity, and a below -1 gives NaN.
   * </ul>
   *
   * <p>Largest error seen: 0.907 ulp, at a = -0x1.075f664a3c856p-2.
   */
  public static DoubleVector log1p(DoubleVector a) {
    var y = log1pNonNegative(a);
    y = y.blend(Double.NaN, a.compare(LT, -1.0));
    y = y.blend(Double.NEGATIVE_INFINITY, a.compare(EQ, -1.0));
    return y.blend(a, a.compare(EQ, 0.0)); // keeps the sign of -0
  }

  /**
   * {@code log(1 + a)} for a >= 0: {@link #log1p} without the cases it does not need there.
   *
   * <ul>
   *   <li>NaN gives NaN, infinity gives infinity, and +0 gives +0.
   * </ul>
   *
   * <p>Largest error seen: 0.892 ulp, at a = 0x1.fa6aa8b1969fcp-2.
   */
  public static DoubleVector log1pNonNegative(DoubleVector a) {
    // Half a unit of the significand, carried, gives the exponent field 1023 + k.
    var carried = a.add(1.0).reinterpretAsLongs().add(0x0008_0000_0000_0000L);
    var exponent = carried.and(0xfff0_0000_0000_0000L);
    var scale = LongVector.broadcast(I64, Long.MIN_VALUE).sub(exponent).reinterpretAsDoubles();
    var k = carried.lanewise(LSHR, 52).or(UNITS).reinterpretAsDoubles().sub(0x1.00000000003ffp52);
    // With scale = 4 2^-k, never subnormal: m = a 2^-k + (2^-k - 1). Both sums are exact up to
    // k = 53, above which 2^-k does not count; but for a = 1/2 - 2^-54, where 1 + a rounds up to
    // 3/2 and makes k = 1, m is rounded.
    var m =
        a.mul(scale)
            .fma(broadcast(F64, 0.25), scale.fma(broadcast(F64, 0.25), broadcast(F64, -1.0)));
    return a.blend(LogF64.sum(k, m), a.compare(LT, Double.POSITIVE_INFINITY));
  }

  /**
   * {@code log(1 + a)} for 0 <= a <= 1, at about half the cost of {@link #log1p}.
   *
   * <ul>
   *   <li>NaN gives NaN, and +0 gives +0.
   * </ul>
   *
   * <p>Largest error seen: 1.404 ulp, at a = 0x1.eb3f89a9f2faap-1.
   */
  public static DoubleVector log1pUnit(DoubleVector a) {
    // As in LogF64, with m = a, and s of the other sign to suit fma.
    var s = a.div(broadcast(F64, -2.0).sub(a));
    var z = s.mul(s);
    var h = a.mul(a).mul(0.5);
    var p = z.fma(broadcast(F64, U10), broadcast(F64, U9));
    p = p.fma(z, broadcast(F64, U8));
    p = p.fma(z, broadcast(F64, U7));
    p = p.fma(z, broadcast(F64, U6));
    p = p.fma(z, broadcast(F64, U5));
    p = p.fma(z, broadcast(F64, U4));
    p = p.fma(z, broadcast(F64, U3));
    p = p.fma(z, broadcast(F64, U2));
    p = p.fma(z, broadcast(F64, U1));
    return a.sub(s.fma(p.fma(z, h), h));
  }
}
