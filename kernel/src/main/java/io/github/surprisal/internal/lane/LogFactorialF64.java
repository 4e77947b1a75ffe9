package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F64;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;

/**
 * log(t!) / t, with t! = Gamma(t + 1), in float64. Unlike log(t!), it neither overflows nor loses
 * accuracy where t is small.
 *
 * <pre>
 *   t! = t (t - 1) ... (f + 1) f!,   0 <= f < 1,   for t < 8
 *   log(t!) = (t + 1/2) log(t) - t + log(2 pi) / 2 + S(1 / t),   for t >= 8
 * </pre>
 */
public final class LogFactorialF64 {
  // log(f!) / f = C0 + C1 f + ... within 2^-56.5 for 0 <= f <= 1: src/tools/fit.py.
  private static final double C0 = -0x1.2788cfc6fb619p-1; // -0.577216
  private static final double C1 = 0x1.a51a6625307b4p-1; // 0.822467
  private static final double C2 = -0x1.9a4d55bea7c97p-2; // -0.400686
  private static final double C3 = 0x1.151322ab9456bp-2; // 0.270581
  private static final double C4 = -0x1.a8b9c13c428f2p-3; // -0.207386
  private static final double C5 = 0x1.5b40c611b2aebp-3; // 0.169557
  private static final double C6 = -0x1.27035e32a54b5p-3; // -0.144049
  private static final double C7 = 0x1.0108b0c61180ep-3; // 0.125505
  private static final double C8 = -0x1.c7e302213f412p-4; // -0.1113
  private static final double C9 = 0x1.994521757f4dep-4; // 0.0999194
  private static final double C10 = -0x1.717f3d84cbfa7p-4; // -0.0902092
  private static final double C11 = 0x1.4b6fd64bb284bp-4; // 0.0809172
  private static final double C12 = -0x1.20e940b27f764p-4; // -0.0705349
  private static final double C13 = 0x1.d947071a81e1cp-5; // 0.0577731
  private static final double C14 = -0x1.5d330f33b7024p-5; // -0.0426269
  private static final double C15 = 0x1.bb295c5f11617p-6; // 0.0270484
  private static final double C16 = -0x1.cc793beeb91d4p-7; // -0.0140525
  private static final double C17 = 0x1.7272cd81e579fp-8; // 0.00565259
  private static final double C18 = -0x1.ac66b48a2a51dp-10; // -0.00163422
  private static final double C19 = 0x1.3aa365ae3f091p-12; // 0.000300062
  private static final double C20 = -0x1.b6dd8b15f5e0ap-16; // -2.61584e-05

  // Stirling's series S(r) = S1 r + S2 r^3 + ..., which gives log(t!) / t within 2^-56.6.
  private static final double S1 = 1.0 / 12;
  private static final double S2 = -1.0 / 360;
  private static final double S3 = 1.0 / 1260;
  private static final double S4 = -1.0 / 1680;
  private static final double S5 = 1.0 / 1188;
  private static final double S6 = -691.0 / 360360;
  private static final double S7 = 1.0 / 156;
  private static final double S8 = -3617.0 / 122400;

  private static final double HALF_LOG_2PI = 0.9189385332046727;

  private static final int STIRLING_FROM = 8;

  private LogFactorialF64() {}

  /**
   * {@code log(t!) / t} for t >= 0, of {@code log} and {@code small}, the results of the two steps
   * below. All three in one loop would be more than C2 inlines.
   *
   * <ul>
   *   <li>NaN gives NaN, and infinity gives infinity;
   *   <li>0 gives the limit, minus Euler's constant.
   * </ul>
   *
   * <p>Error at most 3 times 2^-53 max(1, |result|).
   */
  public static DoubleVector mean(DoubleVector t, DoubleVector log, DoubleVector small) {
    return small.blend(stirling(t, log, series(t)), t.compare(GE, (double) STIRLING_FROM));
  }

  /** The first step of {@link #mean}: the logarithm of t (t - 1) ... (f + 1), for t >= 8 of t. */
  public static DoubleVector log(DoubleVector t) {
    return LogF64.log(product(t).blend(t, t.compare(GE, (double) STIRLING_FROM)));
  }

  /** The second step: {@link #mean} for t < 8, of the first. */
  public static DoubleVector small(DoubleVector t, DoubleVector log) {
    var f = fraction(t);
    var mean = meanOfFraction(f);
    return mean.fma(f, log).div(t).blend(mean, t.compare(LT, 1.0));
  }

  /** t (t - 1) ... (f + 1), by 4 factors, then 2, then 1. */
  private static DoubleVector product(DoubleVector t) {
    var from4 = t.compare(GE, 4.0);
    var outer = t.mul(t.sub(3.0)); // (t - 1) (t - 2) = outer + 2
    var product = broadcast(F64, 1.0).blend(outer.mul(outer.add(2.0)), from4);
    var f = t.blend(t.sub(4.0), from4);
    var from2 = f.compare(GE, 2.0);
    product = product.blend(product.mul(f.mul(f.sub(1.0))), from2);
    f = f.blend(f.sub(2.0), from2);
    return product.blend(product.mul(f), f.compare(GE, 1.0));
  }

  /** f. */
  private static DoubleVector fraction(DoubleVector t) {
    var f = t.blend(t.sub(4.0), t.compare(GE, 4.0));
    f = f.blend(f.sub(2.0), f.compare(GE, 2.0));
    return f.blend(f.sub(1.0), f.compare(GE, 1.0));
  }

  /**
   * {@code log(t!) / t} by Stirling's formula alone, {@code log(t) - 1 + log(2 pi t) / (2 t)}, for
   * t >= 1, of its logarithm.
   *
   * <ul>
   *   <li>NaN gives NaN, and infinity gives infinity.
   * </ul>
   *
   * <p>Error at most 3 times 2^-53 max(1, |result|).
   */
  public static DoubleVector stirlingMean(DoubleVector t, DoubleVector log) {
    return stirling(t, log, broadcast(F64, 0.0));
  }

  private static DoubleVector stirling(DoubleVector t, DoubleVector log, DoubleVector series) {
    var r = broadcast(F64, 1.0).div(t);
    var rest = log.fma(broadcast(F64, 0.5), series.add(HALF_LOG_2PI));
    return log.add(r.fma(rest, broadcast(F64, -1.0)))
        .blend(t, t.compare(EQ, Double.POSITIVE_INFINITY));
  }

  /** {@code S(1 / t)}. */
  private static DoubleVector series(DoubleVector t) {
    var r = broadcast(F64, 1.0).div(t);
    var z = r.mul(r);
    var s = z.fma(broadcast(F64, S8), broadcast(F64, S7));
    s = s.fma(z, broadcast(F64, S6));
    s = s.fma(z, broadcast(F64, S5));
    s = s.fma(z, broadcast(F64, S4));
    s = s.fma(z, broadcast(F64, S3));
    s = s.fma(z, broadcast(F64, S2));
    s = s.fma(z, broadcast(F64, S1));
    return s.mul(r);
  }

  /** {@code log(t!) / t} for 0 <= t < 1. */
  private static DoubleVector meanOfFraction(DoubleVector t) {
    var p = t.fma(broadcast(F64, C20), broadcast(F64, C19));
    p = p.fma(t, broadcast(F64, C18));
    p = p.fma(t, broadcast(F64, C17));
    p = p.fma(t, broadcast(F64, C16));
    p = p.fma(t, broadcast(F64, C15));
    p = p.fma(t, broadcast(F64, C14));
    p = p.fma(t, broadcast(F64, C13));
    p = p.fma(t, broadcast(F64, C12));
    p = p.fma(t, broadcast(F64, C11));
    p = p.fma(t, broadcast(F64, C10));
    p = p.fma(t, broadcast(F64, C9));
    p = p.fma(t, broadcast(F64, C8));
    p = p.fma(t, broadcast(F64, C7));
    p = p.fma(t, broadcast(F64, C6));
    p = p.fma(t, broadcast(F64, C5));
    p = p.fma(t, broadcast(F64, C4));
    p = p.fma(t, broadcast(F64, C3));
    p = p.fma(t, broadcast(F64, C2));
    p = p.fma(t, broadcast(F64, C1));
    return p.fma(t, broadcast(F64, C0));
  }
}
