package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.lane.Expm1F32;
import io.github.surprisal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;

/**
 * Total variation, half the sum of |q_j - p_j|. Near each other, with d = log (p / q):
 *
 * <pre>
 *   q - p = p (e^-d - 1)        f = sign(q - p) / 2
 * </pre>
 */
final class TotalVariationF32 implements PassF32 {
  private static final int LANES = TreeF32.LANES;

  /** Up to here e^-d - 1 is a short series. */
  private static final float SMALL = 0.34375f;

  private final PairF32 pair;

  private TotalVariationF32(PairF32 pair) {
    this.pair = pair;
  }

  static PassF32[] list(PairF32 pair) {
    return new PassF32[] {new TotalVariationF32(pair)};
  }

  @Override
  public void run(RowBufferF32 b) {
    pair.take(pair.teacher, pair.student);
    terms(pair.teacher, pair.student);
    pair.sum += TreeF32.sum(pair.lanes);
    pair.mean += TreeF32.sum(pair.means);
  }

  private void terms(SideF32 p, SideF32 q) {
    float[] x = p.x;
    float[] y = q.x;
    float[] expP = p.e;
    float[] expQ = q.e;
    int xAt = p.at;
    int yAt = q.at;
    int pAt = p.expAt;
    int qAt = q.expAt;
    float scaleP = (float) p.inverse;
    float scaleQ = (float) q.inverse;
    float[] f = pair.logSlopes;
    int n = pair.padded;
    for (int lane = 0; lane < LANES; lane += F32.length()) {
      FloatVector sum = zero(F32);
      FloatVector mean = zero(F32);
      for (int i = lane; i < n; i += LANES) {
        FloatVector v = fromArray(F32, x, xAt + i);
        FloatVector w = fromArray(F32, y, yAt + i);
        FloatVector r = LogRatioF32.of(v, w, pair).neg();
        FloatVector massP = fromArray(F32, expP, pAt + i).mul(scaleP);
        FloatVector massQ = fromArray(F32, expQ, qAt + i).mul(scaleQ);
        FloatVector difference = difference(r, massP, massQ);
        FloatVector sign = halfSign(difference);
        sign.intoArray(f, i);
        sum = sum.add(difference.mul(sign));
        mean = mean.add(massQ.mul(sign));
      }
      sum.intoArray(pair.lanes, lane);
      mean.intoArray(pair.means, lane);
    }
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
