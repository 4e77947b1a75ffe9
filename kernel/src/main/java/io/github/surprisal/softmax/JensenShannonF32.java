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
      pair.take(pair.teacher, pair.student);
      change(pair.teacher, pair.student);
    }

    private void change(SideF32 p, SideF32 q) {
      float[] x = p.x;
      float[] y = q.x;
      int xAt = p.at;
      int yAt = q.at;
      float beta = pair.beta;
      float rest = pair.rest;
      float[] f = pair.logSlopes;
      int n = pair.padded;
      for (int i = 0; i < n; i += F32.length()) {
        FloatVector v = fromArray(F32, x, xAt + i);
        FloatVector w = fromArray(F32, y, yAt + i);
        FloatVector d = LogRatioF32.of(v, w, pair);
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
      pair.take(pair.teacher, pair.student);
      for (int lane = 0; lane < LANES; lane += F32.length()) {
        terms(pair.teacher, pair.student, lane);
      }
      pair.sum += TreeF32.sum(pair.lanes);
      pair.mean += TreeF32.sum(pair.means);
    }

    private void terms(SideF32 p, SideF32 q, int lane) {
      float[] x = p.x;
      float[] y = q.x;
      float[] expP = p.e;
      float[] expQ = q.e;
      int xAt = p.at;
      int yAt = q.at;
      int pAt = p.expAt;
      int qAt = q.expAt;
      float scaleP = (float) (p.inverse * pair.beta);
      float scaleQ = (float) (q.inverse * pair.rest);
      float[] f = pair.logSlopes;
      FloatVector sum = zero(F32);
      FloatVector mean = zero(F32);
      for (int i = lane; i < pair.padded; i += LANES) {
        FloatVector d =
            LogRatioF32.of(fromArray(F32, x, xAt + i), fromArray(F32, y, yAt + i), pair);
        FloatVector massP = fromArray(F32, expP, pAt + i).mul(scaleP);
        FloatVector massQ = fromArray(F32, expQ, qAt + i).mul(scaleQ);
        FloatVector w = fromArray(F32, f, i);
        FloatVector logQ = logQ(d, w);
        logQ.mul(pair.rest).intoArray(f, i);
        sum = sum.add(term(massP, massQ, d, w));
        mean = mean.add(product(massQ, logQ));
      }
      sum.intoArray(pair.lanes, lane);
      mean.intoArray(pair.means, lane);
    }

    /** log (q / m), which is -w where q is the larger, else s - w. */
    private static FloatVector logQ(FloatVector d, FloatVector w) {
      return d.abs().neg().sub(w).blend(w.neg(), d.compare(LE, 0f));
    }

    /** Of beta p and (1 - beta) q. */
    private static FloatVector term(FloatVector p, FloatVector q, FloatVector d, FloatVector w) {
      VectorMask<Float> behind = d.compare(LE, 0f);
      FloatVector largest = p.blend(q, behind);
      FloatVector least = q.blend(p, behind);
      FloatVector term = product(least, d.abs().neg().sub(w));
      term = term.sub(product(largest, w));
      return term.blend(0f, term.compare(LT, 0f));
    }

    /** p l, 0 where p is. */
    private static FloatVector product(FloatVector p, FloatVector l) {
      return p.mul(l).blend(0f, p.compare(EQ, 0f));
    }
  }
}
