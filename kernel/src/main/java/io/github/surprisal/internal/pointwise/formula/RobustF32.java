package io.github.surprisal.internal.pointwise.formula;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * What losses of a difference d against a scale s share: with the smaller m = min(|d|, s) and the
 * ratio w = m / max(|d|, s), which is at most 1, no square of a quotient overflows.
 */
final class RobustF32 {
  private RobustF32() {}

  /** m of the magnitude |d|. */
  static FloatVector smaller(FloatVector magnitude, float scale) {
    return magnitude.blend(scale, magnitude.compare(GT, scale));
  }

  /** w of the magnitude |d|. */
  static FloatVector ratio(FloatVector magnitude, float scale) {
    FloatVector larger = magnitude.blend(scale, magnitude.compare(LT, scale));
    return smaller(magnitude, scale).div(larger);
  }

  /** {@code inside} for |d| <= s, else {@code outside}. */
  static FloatVector select(
      FloatVector magnitude, float scale, FloatVector inside, FloatVector outside) {
    return inside.blend(outside, magnitude.compare(GT, scale));
  }
}
