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
 * The error of d_j counts p_j - q_j times: of distributions near each other, next to nothing. Those
 * that are not have {@link DirectKlF32} in one direction. f is d.
 */
final class KullbackLeiblerF32 implements PassF32 {
  private static final int LANES = TreeF32.LANES;
  private static final int TURNS = TreeF32.turns(F32.length());
  private static final int STEP = TreeF32.step(F32.length());

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
    pair.take(p, q);
    terms((float) (q.inverse / p.inverse));
    double sum = TreeF32.sum(pair.lanes) * p.inverse;
    pair.steep |= !Double.isFinite(sum);
    pair.sum += Double.isFinite(sum) ? sum : inDouble();
    pair.mean = pair.sum;
  }

  /** Terms over the factor of p; d to f. */
  private void terms(float scale) {
    float[] x = p.x;
    float[] y = q.x;
    float[] expP = p.e;
    float[] expQ = q.e;
    int xAt = p.at;
    int yAt = q.at;
    int pAt = p.expAt;
    int qAt = q.expAt;
    float[] f = pair.logSlopes;
    int n = pair.padded;
    for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
      FloatVector s = zero(F32);
      FloatVector t = s;
      for (int i = lane; i < n; i += STEP) {
        FloatVector v = fromArray(F32, x, xAt + i);
        FloatVector w = fromArray(F32, y, yAt + i);
        FloatVector d = LogRatioF32.of(v, w, pair);
        FloatVector massP = fromArray(F32, expP, pAt + i);
        FloatVector massQ = fromArray(F32, expQ, qAt + i).mul(scale);
        d.intoArray(f, i);
        FloatVector sum = s.add(term(v, d, massP, massQ));
        s = TURNS == 2 ? t : sum;
        t = sum;
      }
      s.intoArray(pair.lanes, lane);
      if (TURNS == 2) {
        t.intoArray(pair.lanes, F32.length());
      }
    }
  }

  /** p (e^-d - 1 + d), or q where p is impossible. */
  private static FloatVector term(FloatVector v, FloatVector d, FloatVector p, FloatVector q) {
    FloatVector series = p.mul(Expm1F32.beyondLinear(d.neg()));
    FloatVector term = p.fma(d, q.sub(p)).blend(series, d.abs().compare(LT, SMALL));
    return term.blend(q, v.compare(EQ, Float.NEGATIVE_INFINITY));
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
