package io.github.surprisal.bench.peer;

import static jdk.incubator.vector.FloatVector.fromArray;

import io.github.surprisal.formula.LanesF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Loops that do the least there is to do, beside which losses are measured. */
public final class VectorLoops {
  static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;

  /** How many vectors a round of {@link #fma} works on. */
  public static final int FMA_CHAINS = 8;

  private VectorLoops() {}

  /** c = a + b: the memory traffic of loss and gradient. */
  public static void add(float[] a, float[] b, float[] c) {
    int i = 0;
    for (; i <= c.length - F32.length(); i += F32.length()) {
      fromArray(F32, a, i).add(fromArray(F32, b, i)).intoArray(c, i);
    }
    for (; i < c.length; i++) {
      c[i] = a[i] + b[i];
    }
  }

  /** c = e^-|a|: one elementary function. */
  public static void exp(float[] a, float[] c) {
    for (int i = 0; i <= c.length - F32.length(); i += F32.length()) {
      LanesF32.expNonPositive(fromArray(F32, a, i).abs().neg()).intoArray(c, i);
    }
  }

  /** As many multiplications with additions as there is arithmetic for, eight chains beside. */
  public static float fma(float[] seed, int rounds) {
    FloatVector x = fromArray(F32, seed, 0);
    FloatVector a = x;
    FloatVector b = x.add(1);
    FloatVector c = x.add(2);
    FloatVector d = x.add(3);
    FloatVector e = x.add(4);
    FloatVector f = x.add(5);
    FloatVector g = x.add(6);
    FloatVector h = x.add(7);
    FloatVector factor = FloatVector.broadcast(F32, 0.5f);
    for (int round = 0; round < rounds; round++) {
      a = x.fma(factor, a);
      b = x.fma(factor, b);
      c = x.fma(factor, c);
      d = x.fma(factor, d);
      e = x.fma(factor, e);
      f = x.fma(factor, f);
      g = x.fma(factor, g);
      h = x.fma(factor, h);
    }
    return a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).lane(0);
  }

  /** How many floats a vector has here. */
  public static int vectorFloats() {
    return F32.length();
  }
}
