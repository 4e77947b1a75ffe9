package io.github.surprisal.internal.distillation;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;

import io.github.surprisal.internal.loop.Loop;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** Gradients of a pair of distributions by the student's logits; see {@link PairGradientKind}. */
final class PairGradientF32 {
  private static final boolean DIFFERENCE =
      Loop.constants(MethodHandles.lookup(), PairGradientKind.DIFFERENCE)
          == PairGradientKind.DIFFERENCE;

  private PairGradientF32() {}

  static void run(PairGradientOperandsF32 o) {
    for (int r = 0; r < o.rows; r++) {
      row(o, r);
    }
  }

  private static void row(PairGradientOperandsF32 o, int r) {
    float[] e = o.e.array;
    float[] t = o.t.array;
    float[] g = o.g.array;
    int from = o.e.at(r);
    int at = o.t.at(r);
    int to = o.g.at(r);
    float a = o.a[r];
    float b = o.b[r];
    int n = o.n;
    int i = 0;
    for (; i <= n - F32.length(); i += F32.length()) {
      gradient(fromArray(F32, e, from + i), fromArray(F32, t, at + i), a, b).intoArray(g, to + i);
    }
    for (; i < n; i++) {
      float v = e[from + i];
      float w = t[at + i];
      g[to + i] = DIFFERENCE ? v * a - w * b : v == 0f ? 0f : v * a * (w - b);
    }
  }

  private static FloatVector gradient(FloatVector e, FloatVector t, float a, float b) {
    return DIFFERENCE
        ? e.mul(a).sub(t.mul(b))
        : e.mul(a).mul(t.sub(b)).blend(0f, e.compare(EQ, 0f));
  }
}
