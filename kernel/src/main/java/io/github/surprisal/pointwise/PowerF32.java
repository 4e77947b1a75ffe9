package io.github.surprisal.pointwise;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;

import io.github.surprisal.lane.PowF32;
import jdk.incubator.vector.FloatVector;

/** The powers of focal losses. */
final class PowerF32 {
  private PowerF32() {}

  /** {@code a^g} for 0 <= a <= 1 and g >= 0, with 0^0 = 1; by products where it is a whole few. */
  static FloatVector power(FloatVector a, double g) {
    // A constant of the formula: the compiler keeps the one that runs.
    if (g == 2) {
      return a.mul(a);
    } else if (g == 1) {
      return a;
    } else if (g == 0) {
      return broadcast(F32, 1f);
    } else if (g == 4) {
      FloatVector square = a.mul(a);
      return square.mul(square);
    }
    return PowF32.pow(a, g);
  }
}
