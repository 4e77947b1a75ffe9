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
    SideF32 p = pair.teacher;
    SideF32 q = pair.student;
    float c = (float) (q.logRest - p.logRest);
    float unitP = (float) p.unit;
    float unitQ = (float) q.unit;
    float maxP = (float) p.max;
    float maxQ = (float) q.max;
    float scaleP = (float) p.inverse;
    float scaleQ = (float) q.inverse;
    for (int lane = 0; lane < LANES; lane += F32.length()) {
      terms(
          p.x,
          p.at + lane,
          maxP,
          unitP,
          p.buffer.e,
          p.expAt + lane,
          scaleP, //
          q.x,
          q.at + lane,
          maxQ,
          unitQ,
          q.buffer.e,
          q.expAt + lane,
          scaleQ, //
          c,
          pair.padded - lane,
          pair.logSlopes,
          lane,
          pair.lanes,
          pair.means);
    }
    pair.sum += TreeF32.sum(pair.lanes);
    pair.mean += TreeF32.sum(pair.means);
  }

  private static void terms(
      float[] x,
      int xAt,
      float maxP,
      float unitP,
      float[] expP,
      int pAt,
      float scaleP,
      float[] y,
      int yAt,
      float maxQ,
      float unitQ,
      float[] expQ,
      int qAt,
      float scaleQ,
      float c,
      int n,
      float[] f,
      int lane,
      float[] lanes,
      float[] means) {
    FloatVector sum = zero(F32);
    FloatVector mean = zero(F32);
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = fromArray(F32, x, xAt + i);
      FloatVector r =
          LogRatioF32.of(v, maxP, unitP, fromArray(F32, y, yAt + i), maxQ, unitQ, c).neg();
      FloatVector p = fromArray(F32, expP, pAt + i).mul(scaleP);
      FloatVector q = fromArray(F32, expQ, qAt + i).mul(scaleQ);
      FloatVector series = p.mul(r.add(Expm1F32.beyondLinear(r)));
      FloatVector difference = q.sub(p).blend(series, r.abs().compare(LT, SMALL));
      FloatVector sign = zero(F32).blend(0.5f, difference.compare(GT, 0f));
      sign = sign.blend(-0.5f, difference.compare(LT, 0f));
      sign.intoArray(f, lane + i);
      sum = sum.add(difference.mul(sign));
      mean = mean.add(q.mul(sign));
    }
    sum.intoArray(lanes, lane);
    mean.intoArray(means, lane);
  }
}
