package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.lane.Expm1F32;
import io.github.surprisal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;

/**
 * KL(P || Q) from terms that are all at least 0, since both sum to 1:
 *
 * <pre>
 *   sum of p_j d_j = sum of p_j d_j + q_j - p_j = sum of p_j (e^-d_j - 1 + d_j),  d_j = log (p_j / q_j)
 * </pre>
 *
 * The error of d_j counts p_j - q_j times: of distributions near each other, next to nothing. f is
 * d.
 */
final class KullbackLeiblerF32 implements PassF32 {
  private static final int LANES = TreeF32.LANES;

  /** Up to here e^-d - 1 + d is a short series. */
  private static final float SMALL = 0.34375f;

  private final PairF32 pair;
  private final SideF32 p;
  private final SideF32 q;

  private KullbackLeiblerF32(PairF32 pair, SideF32 p, SideF32 q) {
    this.pair = pair;
    this.p = p;
    this.q = q;
  }

  /** KL(p || q), p and q the two sides of the pair. */
  static PassF32[] list(PairF32 pair, SideF32 p, SideF32 q) {
    return new PassF32[] {new KullbackLeiblerF32(pair, p, q)};
  }

  @Override
  public void run(RowBufferF32 b) {
    float[] lanes = pair.lanes;
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
          lanes);
    }
    float sum = TreeF32.sum(lanes);
    if (Float.isFinite(sum)) {
      pair.sum += sum;
    } else {
      pair.sum += inDouble();
      pair.steep = true;
    }
    pair.mean = pair.sum;
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
      float[] lanes) {
    FloatVector sum = zero(F32);
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = fromArray(F32, x, xAt + i);
      FloatVector d = LogRatioF32.of(v, maxP, unitP, fromArray(F32, y, yAt + i), maxQ, unitQ, c);
      FloatVector p = fromArray(F32, expP, pAt + i).mul(scaleP);
      FloatVector q = fromArray(F32, expQ, qAt + i).mul(scaleQ);
      d.intoArray(f, lane + i);
      FloatVector series = p.mul(Expm1F32.beyondLinear(d.neg()));
      FloatVector term = p.fma(d, q.sub(p)).blend(series, d.abs().compare(LT, SMALL));
      sum = sum.add(term.blend(q, v.compare(EQ, Float.NEGATIVE_INFINITY)));
    }
    sum.intoArray(lanes, lane);
  }

  /** The sum of the same terms, some of which do not fit the type. */
  private double inDouble() {
    double sum = 0;
    for (int i = 0; i < pair.n; i++) {
      double mass = p.exp(i) * p.inverse;
      double other = q.exp(i) * q.inverse;
      boolean possible = p.x[p.at + i] > Float.NEGATIVE_INFINITY;
      boolean pole = possible && q.x[q.at + i] == Float.NEGATIVE_INFINITY;
      double d = pole || !possible ? 0 : PairF32.logRatio(p, q, i);
      sum += pole ? Double.POSITIVE_INFINITY : (other - mass) + mass * d;
    }
    return sum;
  }
}
