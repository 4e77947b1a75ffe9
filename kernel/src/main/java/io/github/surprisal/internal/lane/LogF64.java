package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;

/**
 * The natural logarithm in float64.
 *
 * <pre>
 *   a = 2^k (1 + m),   3/4 <= 1 + m < 3/2,   log(a) = k ln 2 + log1p(m)
 *   log1p(m) = m - h + s (h + R(s^2)),   s = m / (2 + m),   h = m^2 / 2
 *   R(s^2) = log((1 + s) / (1 - s)) / s - 2
 * </pre>
 */
public final class LogF64 {
  // ln 2 = LN2_HIGH + LN2_LOW; LN2_HIGH has 42 bits, so that k LN2_HIGH is exact.
  private static final double LN2_HIGH = 0x1.62e42fefa3800p-1;
  private static final double LN2_LOW = 0x1.ef35793c76730p-45;

  // R(z) = C1 z + C2 z^2 + ... for z = s^2 <= 1/25, within 2^-62.6 of log1p: src/tools/fit.py.
  static final double C1 = 0x1.555555555554fp-1; // 0.666667
  static final double C2 = 0x1.999999999c147p-2; // 0.4
  static final double C3 = 0x1.24924921e8cd2p-2; // 0.285714
  static final double C4 = 0x1.c71c748af6b2dp-3; // 0.222222
  static final double C5 = 0x1.745c4c1943a4ap-3; // 0.181817
  static final double C6 = 0x1.3b3595988126cp-3; // 0.153911
  static final double C7 = 0x1.0dce8bb589d7bp-3; // 0.131742
  static final double C8 = 0x1.1b6ceb5015534p-3; // 0.138391

  private LogF64() {}

  /**
   * {@code log(a)} for every a.
   *
   * <ul>
   *   <li>NaN gives NaN, and infinity gives infinity;
   *   <li>+0 and -0 give -infinity, and a below 0 gives NaN;
   *   <li>1 gives +0.
   * </ul>
   *
   * <p>Largest error seen: 0.899 ulp, at a = 0x1.7c540bf516b51p-1.
   */
  public static DoubleVector log(DoubleVector a) {
    var subnormal = a.compare(LT, 0x1p-1022);
    var x = a.blend(a.mul(0x1p54), subnormal);
    // Half a unit of the significand, carried, gives the exponent field 1023 + k.
    var carried = x.reinterpretAsLongs().add(0x0008_0000_0000_0000L);
    // That field as the low bits of a double near 2^52: AVX2 cannot convert a long.
    var bias = broadcast(F64, 0x1.00000000003ffp52).blend(0x1.0000000000435p52, subnormal);
    var k = carried.lanewise(LSHR, 52).or(0x4330_0000_0000_0000L).reinterpretAsDoubles().sub(bias);
    var fraction = carried.and(0x000f_ffff_ffff_ffffL).add(0x3fe8_0000_0000_0000L);
    var m = fraction.reinterpretAsDoubles().sub(1.0);
    var y = a.blend(sum(k, m), a.compare(LT, Double.POSITIVE_INFINITY));
    y = y.blend(Double.NaN, a.compare(LT, 0.0));
    return y.blend(Double.NEGATIVE_INFINITY, a.compare(EQ, 0.0));
  }

  /** {@code k ln 2 + log1p(m)}, for -1/4 <= m <= 1/2. */
  static DoubleVector sum(DoubleVector k, DoubleVector m) {
    var s = m.div(m.add(2.0));
    var z = s.mul(s);
    var h = m.mul(m).mul(0.5);
    var p = z.fma(broadcast(F64, C8), broadcast(F64, C7));
    p = p.fma(z, broadcast(F64, C6));
    p = p.fma(z, broadcast(F64, C5));
    p = p.fma(z, broadcast(F64, C4));
    p = p.fma(z, broadcast(F64, C3));
    p = p.fma(z, broadcast(F64, C2));
    p = p.fma(z, broadcast(F64, C1));
    // high + low = k ln 2 + m: what high lost when it was rounded is in low.
    var high = k.fma(broadcast(F64, LN2_HIGH), m);
    var low = m.sub(k.fma(broadcast(F64, -LN2_HIGH), high));
    low = k.fma(broadcast(F64, LN2_LOW), low);
    return high.add(s.fma(p.fma(z, h), low).sub(h));
  }
}
