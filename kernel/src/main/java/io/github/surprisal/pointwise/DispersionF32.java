package io.github.surprisal.pointwise;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;

/** What likelihoods share that take a variance or a scale s for each distance d = p - t. */
final class DispersionF32 {
  private DispersionF32() {}

  /** An epsilon in this type, positive and in the normal range. */
  static float epsilon(double epsilon) {
    return Math.max((float) epsilon, Float.MIN_NORMAL);
  }

  /** max(s, epsilon). */
  static FloatVector raise(FloatVector s, float epsilon) {
    return s.blend(epsilon, s.compare(LT, epsilon));
  }

  /** y, or NaN unless s >= 0 and d is a number. */
  static FloatVector defined(FloatVector y, FloatVector d, FloatVector s) {
    return y.blend(Float.NaN, s.compare(GE, 0f).not().or(d.compare(NE, d)));
  }
}
