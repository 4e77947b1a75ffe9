package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.lane.Expm1F32;
import io.github.surprisal.lane.Log1pF32;
import io.github.surprisal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The generalized Jensen-Shannon divergence from M = beta P + (1 - beta) Q. With a the larger of p
 * and q, b the smaller, s = log (b / a), and v the weight of b in m:
 *
 * <pre>
 *   w = log (m / a) = log1p(v expm1(s)),  log (m / b) = w - s
 *   term = v b (s - w) - (1 - v) a w,  at least 0
 *   f = (1 - beta) log (q / m)
 * </pre>
 */
final class JensenShannonF32 {
  private static final int LANES = TreeF32.LANES;

  private JensenShannonF32() {}

  static PassF32[] list(PairF32 pair) {
    return new PassF32[] {new Change(pair), new LogMixture(pair), new Terms(pair)};
  }

  /** v expm1(s), into f: in a loop of its own, beyond which C2 would not inline. */
  static final class Change implements PassF32 {
    private final PairF32 pair;

    Change(PairF32 pair) {
      this.pair = pair;
    }

    @Override
    public void run(RowBufferF32 unused) {
      SideF32 p = pair.teacher;
      SideF32 q = pair.student;
      float c = (float) (q.logRest - p.logRest);
      change(
          p.x,
          p.at,
          (float) p.max,
          (float) p.unit,
          q.x,
          q.at,
          (float) q.max,
          (float) q.unit,
          c,
          pair.padded,
          pair.beta,
          pair.rest,
          pair.logSlopes);
    }

    private static void change(
        float[] x,
        int xAt,
        float maxP,
        float unitP,
        float[] y,
        int yAt,
        float maxQ,
        float unitQ,
        float c,
        int n,
        float beta,
        float rest,
        float[] f) {
      for (int i = 0; i < n; i += F32.length()) {
        FloatVector v = fromArray(F32, x, xAt + i);
        FloatVector d = LogRatioF32.of(v, maxP, unitP, fromArray(F32, y, yAt + i), maxQ, unitQ, c);
        FloatVector weight = broadcast(F32, rest).blend(beta, d.compare(LE, 0f));
        weight.mul(Expm1F32.expm1(d.abs().neg())).intoArray(f, i);
      }
    }
  }

  /** w, into f. */
  static final class LogMixture implements PassF32 {
    private final PairF32 pair;

    LogMixture(PairF32 pair) {
      this.pair = pair;
    }

    @Override
    public void run(RowBufferF32 unused) {
      log1p(pair.logSlopes, pair.padded);
    }

    private static void log1p(float[] f, int n) {
      for (int i = 0; i < n; i += F32.length()) {
        Log1pF32.log1p(fromArray(F32, f, i)).intoArray(f, i);
      }
    }
  }

  /** The sums, and f. */
  static final class Terms implements PassF32 {
    private final PairF32 pair;

    Terms(PairF32 pair) {
      this.pair = pair;
    }

    @Override
    public void run(RowBufferF32 unused) {
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
            pair.beta,
            pair.rest,
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
        float beta,
        float rest,
        float[] f,
        int lane,
        float[] lanes,
        float[] means) {
      FloatVector sum = zero(F32);
      FloatVector mean = zero(F32);
      for (int i = 0; i < n; i += LANES) {
        FloatVector v = fromArray(F32, x, xAt + i);
        FloatVector d = LogRatioF32.of(v, maxP, unitP, fromArray(F32, y, yAt + i), maxQ, unitQ, c);
        FloatVector p = fromArray(F32, expP, pAt + i).mul(scaleP);
        FloatVector q = fromArray(F32, expQ, qAt + i).mul(scaleQ);
        FloatVector w = fromArray(F32, f, lane + i);
        VectorMask<Float> behind = d.compare(LE, 0f);
        FloatVector below = d.abs().neg().sub(w);
        FloatVector logQ = below.blend(w.neg(), behind).mul(rest);
        logQ.intoArray(f, lane + i);
        sum = sum.add(term(p, q, below, w, beta, rest, behind));
        mean = mean.add(q.mul(logQ).blend(0f, q.compare(EQ, 0f)));
      }
      sum.intoArray(lanes, lane);
      mean.intoArray(means, lane);
    }

    private static FloatVector term(
        FloatVector p,
        FloatVector q,
        FloatVector below,
        FloatVector w,
        float beta,
        float rest,
        VectorMask<Float> behind) {
      FloatVector largest = p.mul(beta).blend(q.mul(rest), behind);
      FloatVector least = q.mul(rest).blend(p.mul(beta), behind);
      FloatVector term = least.mul(below).blend(0f, least.compare(EQ, 0f));
      term = term.sub(largest.mul(w).blend(0f, largest.compare(EQ, 0f)));
      return term.blend(0f, term.compare(LT, 0f));
    }
  }
}
