package io.github.surprisal.formula;

import io.github.surprisal.internal.lane.ExpF32;
import io.github.surprisal.internal.lane.Expm1F32;
import io.github.surprisal.internal.lane.Log1pF32;
import io.github.surprisal.internal.lane.LogF32;
import io.github.surprisal.internal.lane.TanhF32;
import jdk.incubator.vector.FloatVector;

/**
 * Elementary functions of lanes in float32, with the same bits at every vector width. Unlike the
 * Vector API's own, they are inlined into the loop that uses them.
 *
 * <p>All take and give NaN, and the infinities as limits. One takes two to four times the time of a
 * division.
 */
public final class LanesF32 {
  private LanesF32() {}

  /** e^x, within 1 ulp. */
  public static FloatVector exp(FloatVector x) {
    return ExpF32.exp(x);
  }

  /** e^x for x &lt;= 0, within 1 ulp, in less time; results below the normal range are 0. */
  public static FloatVector expNonPositive(FloatVector x) {
    return ExpF32.expNonPositive(x);
  }

  /** e^x - 1, within 1.5 ulp. */
  public static FloatVector expm1(FloatVector x) {
    return Expm1F32.expm1(x);
  }

  /** log x, within 1 ulp. */
  public static FloatVector log(FloatVector x) {
    return LogF32.log(x);
  }

  /** log(1 + x), within 1.5 ulp. */
  public static FloatVector log1p(FloatVector x) {
    return Log1pF32.log1p(x);
  }

  /** log(1 + x) for 0 &lt;= x &lt;= 1, within 1.5 ulp, in half the time. */
  public static FloatVector log1pUnit(FloatVector x) {
    return Log1pF32.log1pUnit(x);
  }

  /** tanh x, within 1.5 ulp. */
  public static FloatVector tanh(FloatVector x) {
    return TanhF32.tanh(x);
  }
}
