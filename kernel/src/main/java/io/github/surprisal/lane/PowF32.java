package io.github.surprisal.lane;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/**
 * A constant power of numbers up to 1.
 *
 * <pre>
 *   log a = log + rest,   g log = y + tail,   a^g = e^y (1 + tail)
 * </pre>
 *
 * <p>Rest and tail are what rounding takes from log and y: without them the error would grow with
 * {@code |g log a|}, up to 87 ulp and more.
 */
public final class PowF32 {
  private PowF32() {}

  /**
   * {@code a^g} for 0 <= a <= 1 and g > 0, with results below the normal range flushed to +0.
   *
   * <ul>
   *   <li>NaN gives NaN, and +0 gives +0.
   * </ul>
   *
   * <p>An a above 1 by a few ulp is welcome too. Error at most {@code 1.5 + g / 4} ulp.
   */
  public static FloatVector pow(FloatVector a, double g) {
    float nearG = (float) g;
    var k = LogF32.exponent(a);
    var m = LogF32.fraction(a);
    var high = LogF32.high(k, m);
    var low = LogF32.low(k, m);
    var log = high.add(low);
    var rest = low.sub(log.sub(high));
    var y = log.mul(nearG);
    var tail = log.fma(broadcast(F32, nearG), y.neg());
    tail = log.fma(broadcast(F32, (float) (g - nearG)), tail);
    tail = rest.fma(broadcast(F32, nearG), tail);
    var power = ExpF32.expNonPositive(y);
    // The tail of an infinite y is infinite.
    power = power.blend(power.fma(tail, power), power.compare(GT, 0f));
    return a.blend(power, a.compare(GT, 0f));
  }
}
