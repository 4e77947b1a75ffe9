package io.github.surprisal.internal.lane;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * log(t!) / t, with t! = Gamma(t + 1), in float32. Unlike log(t!), it neither overflows nor loses
 * accuracy where t is small.
 *
 * <pre>
 *   t! = t (t - 1) ... (f + 1) f!,   0 <= f < 1,   for t < 4
 *   log(t!) = (t + 1/2) log(t) - t + log(2 pi) / 2 + S(1 / t),   for t >= 4
 * </pre>
 */
public final class LogFactorialF32 {
  // log(f!) / f = C0 + C1 f + ... within 2^-27.0 for 0 <= f <= 1: src/tools/fit.py.
  private static final float C0 = -0x1.2788d0p-1f; // -0.577216
  private static final float C1 = 0x1.a51a5ep-1f; // 0.822467
  private static final float C2 = -0x1.9a481cp-2f; // -0.400666
  private static final float C3 = 0x1.14b95cp-2f; // 0.270238
  private static final float C4 = -0x1.a32a02p-3f; // -0.20467
  private static final float C5 = 0x1.423432p-3f; // 0.157326
  private static final float C6 = -0x1.c01776p-4f; // -0.109397
  private static final float C7 = 0x1.e71bacp-5f; // 0.0594614
  private static final float C8 = -0x1.589ec4p-6f; // -0.0210339
  private static final float C9 = 0x1.c97046p-9f; // 0.00348998

  // Stirling's series S(r) = S1 r + S2 r^3 + ..., which gives log(t!) / t within 2^-26.8.
  private static final float S1 = 1f / 12;
  private static final float S2 = -1f / 360;
  private static final float S3 = 1f / 1260;

  private static final float HALF_LOG_2PI = 0.9189385f;

  private static final int STIRLING_FROM = 4;

  private LogFactorialF32() {}

  /**
   * {@code log(t!) / t} for t >= 0, of {@code log} and {@code small}, the results of the two steps
   * below. All three in one loop would be more than C2 inlines.
   *
   * <ul>
   *   <li>NaN gives NaN, and infinity gives infinity;
   *   <li>0 gives the limit, minus Euler's constant.
   * </ul>
   *
   * <p>Error at most 3 times 2^-24 max(1, |result|).
   */
  public static FloatVector mean(FloatVector t, FloatVector log, FloatVector small) {
    return small.blend(stirling(t, log, series(t)), t.compare(GE, (float) STIRLING_FROM));
  }

  /** The first step of {@link #mean}: the logarithm of t (t - 1) ... (f + 1), for t >= 4 of t. */
  public static FloatVector log(FloatVector t) {
    return LogF32.log(product(t).blend(t, t.compare(GE, (float) STIRLING_FROM)));
  }

  /** The second step: {@link #mean} for t < 4, of the first. */
  public static FloatVector small(FloatVector t, FloatVector log) {
    var f = fraction(t);
    var mean = meanOfFraction(f);
    return mean.fma(f, log).div(t).blend(mean, t.compare(LT, 1f));
  }

  /** t (t - 1) ... (f + 1), by 2 factors, then 1. */
  private static FloatVector product(FloatVector t) {
    var from2 = t.compare(GE, 2f);
    var product = broadcast(F32, 1f).blend(t.mul(t.sub(1f)), from2);
    var f = t.blend(t.sub(2f), from2);
    return product.blend(product.mul(f), f.compare(GE, 1f));
  }

  /** f. */
  private static FloatVector fraction(FloatVector t) {
    var f = t.blend(t.sub(2f), t.compare(GE, 2f));
    return f.blend(f.sub(1f), f.compare(GE, 1f));
  }

  /**
   * {@code log(t!) / t} by Stirling's formula alone, {@code log(t) - 1 + log(2 pi t) / (2 t)}, for
   * t >= 1, of its logarithm.
   *
   * <ul>
   *   <li>NaN gives NaN, and infinity gives infinity.
   * </ul>
   *
   * <p>Error at most 3 times 2^-24 max(1, |result|).
   */
  public static FloatVector stirlingMean(FloatVector t, FloatVector log) {
    return stirling(t, log, broadcast(F32, 0f));
  }

  private static FloatVector stirling(FloatVector t, FloatVector log, FloatVector series) {
    var r = broadcast(F32, 1f).div(t);
    var rest = log.fma(broadcast(F32, 0.5f), series.add(HALF_LOG_2PI));
    return log.add(r.fma(rest, broadcast(F32, -1f)))
        .blend(t, t.compare(EQ, Float.POSITIVE_INFINITY));
  }

  /** {@code S(1 / t)}. */
  private static FloatVector series(FloatVector t) {
    var r = broadcast(F32, 1f).div(t);
    var z = r.mul(r);
    var s = z.fma(broadcast(F32, S3), broadcast(F32, S2));
    s = s.fma(z, broadcast(F32, S1));
    return s.mul(r);
  }

  /** {@code log(t!) / t} for 0 <= t < 1. */
  private static FloatVector meanOfFraction(FloatVector t) {
    var p = t.fma(broadcast(F32, C9), broadcast(F32, C8));
    p = p.fma(t, broadcast(F32, C7));
    p = p.fma(t, broadcast(F32, C6));
    p = p.fma(t, broadcast(F32, C5));
    p = p.fma(t, broadcast(F32, C4));
    p = p.fma(t, broadcast(F32, C3));
    p = p.fma(t, broadcast(F32, C2));
    p = p.fma(t, broadcast(F32, C1));
    return p.fma(t, broadcast(F32, C0));
  }
}
