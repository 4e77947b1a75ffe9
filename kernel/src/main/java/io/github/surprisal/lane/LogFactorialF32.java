package io.github.surprisal.lane;

import static io.github.surprisal.lane.Species.F32;
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
   * {@code log(t!) / t} for t >= 0.
   *
   * <ul>
   *   <li>NaN gives NaN, and infinity gives infinity;
   *   <li>0 gives the limit, minus Euler's constant.
   * </ul>
   *
   * <p>Error at most 3 times 2^-24 max(1, |result|).
   */
  public static FloatVector mean(FloatVector t) {
    var f = t;
    var product = broadcast(F32, 1f);
    for (int k = 1; k < STIRLING_FROM; k++) {
      var from1 = f.compare(GE, 1f);
      product = product.blend(product.mul(f), from1);
      f = f.blend(f.sub(1f), from1);
    }
    var isLarge = t.compare(GE, (float) STIRLING_FROM);
    var log = LogF32.log(product.blend(t, isLarge));
    var fraction = meanOfFraction(f);
    var y = fraction.fma(f, log).div(t).blend(fraction, t.compare(LT, 1f));
    return y.blend(stirling(t, log, series(t)), isLarge);
  }

  /**
   * The same by Stirling's formula alone, {@code log(t) - 1 + log(2 pi t) / (2 t)}, for t >= 1.
   *
   * <ul>
   *   <li>NaN gives NaN, and infinity gives infinity.
   * </ul>
   *
   * <p>Error at most 3 times 2^-24 max(1, |result|).
   */
  public static FloatVector stirlingMean(FloatVector t) {
    return stirling(t, LogF32.log(t), broadcast(F32, 0f));
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
