package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.DoubleVector;

/** The logarithm of 1 plus a quotient in float64. */
public final class LogQuotientF64 {
  private static final double LN2 = 0x1.62e42fefa39efp-1;

  private static final long ONE = 0x3ff0_0000_0000_0000L; // bits of 1
  private static final long TWO_THIRDS = 0x3fe5_5555_5555_5555L; // bits of 2/3

  private LogQuotientF64() {}

  /**
   * {@code log(1 + a / b)} for a >= 0 and b > 0 with a quotient below 2^1000, given about {@code 1
   * / (a + b)}: without the quotient and what it has to have rounded to.
   *
   * <pre>
   *   1 + a / b = 2^k (1 + m),   3/4 <= 1 + m < 3/2,   log = k ln 2 + 2 s + s R(s^2)
   *   s = m / (2 + m) = n / (2 b + n),   n = m b = a 2^-k + b (2^-k - 1)
   * </pre>
   *
   * <ul>
   *   <li>NaN gives NaN, and a = +0 gives +0.
   * </ul>
   *
   * <p>Largest error seen: 1.929 ulp, at a = 0x1.04fddae8299b5p-23, b = 0x1.0664f2b878b7dp0.
   */
  public static DoubleVector log1p(DoubleVector a, DoubleVector b, DoubleVector inverse) {
    // 1 / (1 + a / b) = 2^-k / (1 + m) gives k.
    var ratio = b.mul(inverse).reinterpretAsLongs();
    var bits = ratio.sub(TWO_THIRDS).and(0xfff0_0000_0000_0000L).add(ONE);
    var scale = bits.reinterpretAsDoubles(); // 2^-k
    var exponent = bits.lanewise(LSHR, 52).or(Log1pF64.UNITS).reinterpretAsDoubles();
    var k = broadcast(F64, 0x1.00000000003ffp52).sub(exponent);
    var n = a.fma(scale, b.mul(scale.sub(1.0)));
    var s = n.div(b.fma(broadcast(F64, 2.0), n));
    var z = s.mul(s);
    // R(z) / z in few steps that need each other.
    var w = z.mul(z);
    var p = z.fma(broadcast(F64, LogF64.C8), broadcast(F64, LogF64.C7));
    p = p.fma(w, z.fma(broadcast(F64, LogF64.C6), broadcast(F64, LogF64.C5)));
    var q = z.fma(broadcast(F64, LogF64.C4), broadcast(F64, LogF64.C3));
    q = q.fma(w, z.fma(broadcast(F64, LogF64.C2), broadcast(F64, LogF64.C1)));
    var series = p.fma(w.mul(w), q);
    return k.fma(broadcast(F64, LN2), s.fma(series.mul(z), s.add(s)));
  }
}
