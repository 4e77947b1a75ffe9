package io.github.surprisal.internal.softmax.loop;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The second derivatives {@code max(factor p (1 - p), floor)} of a block of each row. That of the
 * maximum is given, since 1 - p would cancel there.
 */
final class HessianF32 {
  private HessianF32() {}

  static void run(HessianOperandsF32 a) {
    for (int r = 0; r < a.rows; r++) {
      row(a, r, a.e.at(r), a.h.at(r));
    }
  }

  private static void row(HessianOperandsF32 a, int r, int from, int to) {
    float[] e = a.e.array;
    float[] h = a.h.array;
    int last = a.n - F32.length();
    for (int i = 0; i < last; i += F32.length()) {
      hessian(a, r, fromArray(F32, e, from + i)).intoArray(h, to + i);
    }
    hessian(a, r, fromArray(F32, e, from + last)).intoArray(h, to + last);
  }

  private static FloatVector hessian(HessianOperandsF32 a, int r, FloatVector e) {
    FloatVector p = e.mul(a.inverse[r]);
    FloatVector h = p.mul(broadcast(F32, 1f).sub(p)).mul(a.factor[r]);
    h = h.blend(a.ofMax[r], e.compare(EQ, a.maxExp[r]));
    return h.blend(a.floor[r], h.compare(LT, a.floor[r]));
  }
}
