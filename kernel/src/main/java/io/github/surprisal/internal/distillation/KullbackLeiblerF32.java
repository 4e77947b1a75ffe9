package io.github.surprisal.internal.distillation;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.internal.lane.Expm1F32;
import io.github.surprisal.internal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;

/**
 * KL(P || Q) from terms that are all at least 0, since both sum to 1:
 *
 * <pre>
 *   sum of p_j d_j = sum of p_j d_j + q_j - p_j = sum of p_j (e^-d_j - 1 + d_j),  d_j = log (p_j / q_j)
 * </pre>
 *
 * The error of d_j counts p_j - q_j times: of distributions near each other, next to nothing. The
 * slope is d.
 */
final class KullbackLeiblerF32 {
  private static final int LANES = TreeF32.LANES;
  private static final int TURNS = TreeF32.turns(F32.length());
  private static final int STEP = TreeF32.step(F32.length());

  /** Up to here e^-d - 1 + d is a short series. */
  private static final float SMALL = 0.34375f;

  private KullbackLeiblerF32() {}

  /** Leaves the sum of the terms over the factor of p. */
  static void run(DivergenceOperandsF32 a) {
    terms(a, a.p.x, a.q.x, a.p.e, a.q.e, (float) (a.inverseQ / a.inverseP));
    a.sum = TreeF32.sum(a.lanes) * a.inverseP;
    a.mean = a.sum;
  }

  private static void terms(
      DivergenceOperandsF32 a, float[] x, float[] y, float[] p, float[] q, float scale) {
    float[] f = a.slopes;
    int n = a.n;
    for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
      FloatVector s = zero(F32);
      FloatVector t = s;
      for (int i = lane; i < n; i += STEP) {
        FloatVector v = fromArray(F32, x, i);
        FloatVector d = LogRatioF32.of(v, fromArray(F32, y, i), a.ratio);
        d.intoArray(f, i);
        FloatVector massQ = fromArray(F32, q, i).mul(scale);
        FloatVector sum = s.add(term(v, d, fromArray(F32, p, i), massQ));
        s = TURNS == 2 ? t : sum;
        t = sum;
      }
      s.intoArray(a.lanes, lane);
      if (TURNS == 2) {
        t.intoArray(a.lanes, F32.length());
      }
    }
  }

  /** p (e^-d - 1 + d), or q where p is impossible. */
  private static FloatVector term(FloatVector v, FloatVector d, FloatVector p, FloatVector q) {
    FloatVector series = p.mul(Expm1F32.beyondLinear(d.neg()));
    FloatVector term = p.fma(d, q.sub(p)).blend(series, d.abs().compare(LT, SMALL));
    return term.blend(q, v.compare(EQ, Float.NEGATIVE_INFINITY));
  }
}
