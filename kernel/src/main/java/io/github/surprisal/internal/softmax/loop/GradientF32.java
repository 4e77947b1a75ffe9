package io.github.surprisal.internal.softmax.loop;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;

import io.github.surprisal.internal.loop.Loop;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of a block of each row from its exponentials e, target masses t, logits y with
 * maximum m, and slopes s of the softcap:
 *
 * <pre>
 *   g_j = ((slope + tilt (y_j - m)) e_j - uniform t_j) s_j
 * </pre>
 *
 * t, tilt and s are 1, 0 and 1 in copies without them. The last vector of a block overlaps the one
 * before it.
 */
final class GradientF32 {
  private static final GradientKind KIND =
      Loop.constants(MethodHandles.lookup(), GradientKind.PLAIN);
  private static final boolean TARGETS = KIND.targets();
  private static final boolean TILTED = KIND.tilted();
  private static final boolean DAMPED = KIND.damped();

  private GradientF32() {}

  static void run(GradientOperandsF32 a) {
    for (int r = a.first; r < a.end; r++) {
      row(a, r);
    }
  }

  private static void row(GradientOperandsF32 a, int r) {
    float slope = (float) a.slope[r];
    float minus = (float) -a.uniform[r];
    float tilt = TILTED ? (float) a.tilt[r] : 0;
    float max = TILTED ? (float) a.max[r] : 0;
    int from = a.e.at(r);
    int to = a.g.at(r);
    float[] e = a.e.array;
    float[] g = a.g.array;
    // What a copy does not read may as well be the exponentials.
    float[] t = TARGETS ? a.t.array : e;
    float[] y = TILTED ? a.y.array : e;
    float[] s = DAMPED ? a.damping.array : e;
    int tAt = TARGETS ? a.t.at(r) : from;
    int yAt = TILTED ? a.y.at(r) : from;
    int sAt = DAMPED ? a.damping.at(r) : from;
    int last = a.n - F32.length();
    FloatVector tail =
        gradient(
            fromArray(F32, e, from + last),
            fromArray(F32, t, tAt + last),
            distance(fromArray(F32, y, yAt + last), max),
            fromArray(F32, s, sAt + last),
            slope,
            minus,
            tilt);
    for (int i = 0; i < last; i += F32.length()) {
      gradient(
              fromArray(F32, e, from + i),
              fromArray(F32, t, tAt + i),
              distance(fromArray(F32, y, yAt + i), max),
              fromArray(F32, s, sAt + i),
              slope,
              minus,
              tilt)
          .intoArray(g, to + i);
    }
    tail.intoArray(g, to + last);
  }

  /** y - m, never positive. */
  private static FloatVector distance(FloatVector y, float max) {
    return TILTED ? y.sub(max) : y;
  }

  private static FloatVector gradient(
      FloatVector e,
      FloatVector t,
      FloatVector distance,
      FloatVector s,
      float slope,
      float minus,
      float tilt) {
    FloatVector p = e;
    FloatVector a = broadcast(F32, slope);
    if (TILTED) {
      // An exponential of 0 has no gradient, however far it is.
      p = e.mul(distance.fma(broadcast(F32, tilt), a)).blend(e.mul(slope), e.compare(EQ, 0f));
      a = broadcast(F32, 1f);
    }
    FloatVector b = broadcast(F32, minus);
    FloatVector g = p.fma(a, TARGETS ? t.mul(b) : b);
    return DAMPED ? g.mul(s) : g;
  }
}
