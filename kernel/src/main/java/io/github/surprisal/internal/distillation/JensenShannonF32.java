package io.github.surprisal.internal.distillation;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.internal.lane.Expm1F32;
import io.github.surprisal.internal.lane.Log1pF32;
import io.github.surprisal.internal.reduction.TreeF32;
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

  /** v expm1(s), to f: in a loop of its own, beyond which C2 would not inline. */
  static final class Change {
    static void run(DivergenceOperandsF32 a) {
      float[] x = a.p.x;
      float[] y = a.q.x;
      float[] f = a.slopes;
      for (int i = 0; i < a.n; i += F32.length()) {
        FloatVector d = LogRatioF32.of(fromArray(F32, x, i), fromArray(F32, y, i), a.ratio);
        FloatVector weight = broadcast(F32, a.rest).blend(a.beta, d.compare(LE, 0f));
        weight.mul(Expm1F32.expm1(d.abs().neg())).intoArray(f, i);
      }
    }
  }

  /** w, to f. */
  static final class LogMixture {
    static void run(DivergenceOperandsF32 a) {
      log1p(a.slopes, a.n);
    }

    private static void log1p(float[] f, int n) {
      for (int i = 0; i < n; i += F32.length()) {
        Log1pF32.log1p(fromArray(F32, f, i)).intoArray(f, i);
      }
    }
  }

  /** The sums, and f. */
  static final class Terms {
    static void run(DivergenceOperandsF32 a) {
      for (int lane = 0; lane < LANES; lane += F32.length()) {
        terms(a, a.p.x, a.q.x, a.p.e, a.q.e, lane);
      }
      a.sum = TreeF32.sum(a.lanes);
      a.mean = TreeF32.sum(a.means);
    }

    private static void terms(
        DivergenceOperandsF32 a, float[] x, float[] y, float[] p, float[] q, int lane) {
      float scaleP = (float) (a.inverseP * a.beta);
      float scaleQ = (float) (a.inverseQ * a.rest);
      float[] f = a.slopes;
      int n = a.n;
      FloatVector sum = zero(F32);
      FloatVector mean = zero(F32);
      for (int i = lane; i < n; i += LANES) {
        FloatVector d = LogRatioF32.of(fromArray(F32, x, i), fromArray(F32, y, i), a.ratio);
        FloatVector massP = fromArray(F32, p, i).mul(scaleP);
        FloatVector massQ = fromArray(F32, q, i).mul(scaleQ);
        FloatVector w = fromArray(F32, f, i);
        FloatVector logQ = logQ(d, w);
        logQ.mul(a.rest).intoArray(f, i);
        sum = sum.add(term(massP, massQ, d, w));
        mean = mean.add(product(massQ, logQ));
      }
      sum.intoArray(a.lanes, lane);
      mean.intoArray(a.means, lane);
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
