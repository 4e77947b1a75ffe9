package io.github.surprisal.internal.distillation;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.internal.lane.Expm1F32;
import io.github.surprisal.internal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;

/**
 * Total variation, half the sum of |q_j - p_j|. Near each other, with d = log (p / q):
 *
 * <pre>
 *   q - p = p (e^-d - 1)        f = sign(q - p) / 2
 * </pre>
 */
final class TotalVariationF32 {
  private static final int LANES = TreeF32.LANES;

  /** Up to here e^-d - 1 is a short series. */
  private static final float SMALL = 0.34375f;

  private TotalVariationF32() {}

  static void run(DivergenceOperandsF32 a) {
    for (int lane = 0; lane < LANES; lane += F32.length()) {
      terms(a, a.p.x, a.q.x, a.p.e, a.q.e, lane);
    }
    a.sum = TreeF32.sum(a.lanes);
    a.mean = TreeF32.sum(a.means);
  }

  private static void terms(
      DivergenceOperandsF32 a, float[] x, float[] y, float[] p, float[] q, int lane) {
    float scaleP = (float) a.inverseP;
    float scaleQ = (float) a.inverseQ;
    float[] f = a.slopes;
    int n = a.n;
    FloatVector sum = zero(F32);
    FloatVector mean = zero(F32);
    for (int i = lane; i < n; i += LANES) {
      FloatVector r = LogRatioF32.of(fromArray(F32, x, i), fromArray(F32, y, i), a.ratio).neg();
      FloatVector massP = fromArray(F32, p, i).mul(scaleP);
      FloatVector massQ = fromArray(F32, q, i).mul(scaleQ);
      FloatVector difference = difference(r, massP, massQ);
      FloatVector sign = halfSign(difference);
      sign.intoArray(f, i);
      sum = sum.add(difference.mul(sign));
      mean = mean.add(massQ.mul(sign));
    }
    sum.intoArray(a.lanes, lane);
    mean.intoArray(a.means, lane);
  }

  /** q - p, where r = log (q / p). */
  private static FloatVector difference(FloatVector r, FloatVector p, FloatVector q) {
    FloatVector series = p.mul(r.add(Expm1F32.beyondLinear(r)));
    return q.sub(p).blend(series, r.abs().compare(LT, SMALL));
  }

  private static FloatVector halfSign(FloatVector v) {
    FloatVector sign = zero(F32).blend(0.5f, v.compare(GT, 0f));
    return sign.blend(-0.5f, v.compare(LT, 0f));
  }
}
