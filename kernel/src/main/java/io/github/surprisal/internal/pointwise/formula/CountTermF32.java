package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;

import io.github.surprisal.internal.lane.LogFactorialF32;
import jdk.incubator.vector.FloatVector;

/**
 * The count term of a Poisson likelihood over the count t, m = log(t!) / t or what stands for it,
 * and what it adds to: t (m - log rate) is finite where t m and t log rate are not.
 */
final class CountTermF32 {
  private CountTermF32() {}

  /** m of Stirling's formula where t > 1, else 0. */
  static FloatVector stirling(FloatVector t, FloatVector log) {
    return zero(F32).blend(LogFactorialF32.stirlingMean(t, log), t.compare(GT, 1f));
  }

  /** {@code rate + t tilt}, with 0 infinity = 0. */
  static FloatVector plus(FloatVector rate, FloatVector t, FloatVector tilt) {
    FloatVector finite =
        tilt.blend(0f, tilt.abs().compare(EQ, Float.POSITIVE_INFINITY).and(t.compare(EQ, 0f)));
    return t.fma(finite, rate);
  }
}
