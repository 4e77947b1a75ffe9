package io.github.surprisal.bench.speed;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.surprisal.formula.LanesF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Loops that do the least there is to do, beside which losses are measured. */
final class VectorLoops {
  private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;

  private VectorLoops() {}

  /** c = a + b: the memory traffic of loss and gradient. */
  static void add(float[] a, float[] b, float[] c) {
    int i = 0;
    for (; i <= c.length - F32.length(); i += F32.length()) {
      fromArray(F32, a, i).add(fromArray(F32, b, i)).intoArray(c, i);
    }
    for (; i < c.length; i++) {
      c[i] = a[i] + b[i];
    }
  }

  /** c = e^-|a|: one elementary function. */
  static void exp(float[] a, float[] c) {
    for (int i = 0; i <= c.length - F32.length(); i += F32.length()) {
      LanesF32.expNonPositive(fromArray(F32, a, i).abs().neg()).intoArray(c, i);
    }
  }
}
