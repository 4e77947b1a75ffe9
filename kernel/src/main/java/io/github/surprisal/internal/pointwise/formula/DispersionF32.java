package io.github.surprisal.internal.pointwise.formula;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/** What likelihoods share that take a variance or a scale s for each distance d = p - t. */
final class DispersionF32 {
  private DispersionF32() {}

  /** max(s, epsilon). */
  static FloatVector raise(FloatVector s, float epsilon) {
    return s.blend(epsilon, s.compare(LT, epsilon));
  }

  /** d, or NaN unless s >= 0. */
  static FloatVector defined(FloatVector d, FloatVector s) {
    return broadcast(F32, Float.NaN).blend(d, s.compare(GE, 0f));
  }
}
