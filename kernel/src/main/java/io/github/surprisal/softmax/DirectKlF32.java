package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;

import io.github.surprisal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;

/**
 * KL(P || Q) from its definition, with t the exponentials of the teacher x and y the student:
 *
 * <pre>
 *   sum of p_j log (p_j / q_j) = inverse_p unit_p s + logRest_q - logRest_p
 *   s = sum of t_j ((x_j - max_p) - ratio (y_j - max_q)),  ratio = unit_q / unit_p
 * </pre>
 *
 * An error of a logarithm counts p_j times, and those of the sums of the exponentials in full, so
 * that this may be off by some ulp of 1 where {@link KullbackLeiblerF32} is not; see {@link
 * DirectRowF32#load}.
 */
final class DirectKlF32 implements PassF32 {
  private static final int LANES = TreeF32.LANES;
  private static final int TURNS = TreeF32.turns(F32.length());
  private static final int STEP = TreeF32.step(F32.length());

  private final PairF32 pair;

  DirectKlF32(PairF32 pair) {
    this.pair = pair;
  }

  /** Adds the block's part of s. */
  @Override
  public void run(RowBufferF32 unused) {
    SideF32 p = pair.teacher;
    SideF32 q = pair.student;
    pair.take(p, q);
    sum(p.x, p.at, q.x, q.at, p.e, p.expAt);
    pair.direct += TreeF32.sum(pair.lanes);
  }

  private void sum(float[] x, int xAt, float[] y, int yAt, float[] e, int eAt) {
    float maxP = pair.maxP;
    float maxQ = pair.maxQ;
    float minusRatio = pair.minusRatio;
    float[] lanes = pair.lanes;
    int n = pair.padded;
    for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
      FloatVector s = zero(F32);
      FloatVector t = s;
      for (int i = lane; i < n; i += STEP) {
        FloatVector sum = add(s, x, xAt + i, y, yAt + i, e, eAt + i, maxP, maxQ, minusRatio);
        s = TURNS == 2 ? t : sum;
        t = sum;
      }
      s.intoArray(lanes, lane);
      if (TURNS == 2) {
        t.intoArray(lanes, F32.length());
      }
    }
  }

  /** s + t ((x - max_p) - ratio (y - max_q)), s where t is 0. */
  private static FloatVector add(
      FloatVector s,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] t,
      int tAt,
      float maxP,
      float maxQ,
      float minusRatio) {
    FloatVector v = fromArray(F32, x, xAt);
    FloatVector d = LogRatioF32.unscaled(v, fromArray(F32, y, yAt), maxP, maxQ, minusRatio);
    return fromArray(F32, t, tAt).fma(d.blend(0f, v.compare(EQ, Float.NEGATIVE_INFINITY)), s);
  }

  /** The same sum of a row in one block and, from the same look at it, its gradient. */
  static final class WithGradient implements PassF32 {
    private final PairF32 pair;

    WithGradient(PairF32 pair) {
      this.pair = pair;
    }

    @Override
    public void run(RowBufferF32 unused) {
      SideF32 p = pair.teacher;
      SideF32 q = pair.student;
      pair.take(p, q);
      float slope = (float) pair.slope;
      float scale = (float) pair.scale;
      sum(p.x, q.x, p.e, q.e, p.at, q.at, pair.g, pair.to, slope, scale);
      pair.direct += TreeF32.sum(pair.lanes);
      for (int i = pair.n & -F32.length(); i < pair.n; i++) {
        pair.g[pair.to + i] = q.e[q.at + i] * slope - p.e[p.at + i] * scale;
      }
    }

    /** Logits and exponentials of a side lie alike. */
    private void sum(
        float[] x,
        float[] y,
        float[] t,
        float[] e,
        int xAt,
        int yAt,
        float[] g,
        int to,
        float slope,
        float scale) {
      float maxP = pair.maxP;
      float maxQ = pair.maxQ;
      float minusRatio = pair.minusRatio;
      float[] lanes = pair.lanes;
      int n = pair.padded;
      int last = pair.n - F32.length();
      for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
        FloatVector a = zero(F32);
        FloatVector b = a;
        int i = lane;
        for (; i <= last; i += STEP) {
          FloatVector sum = add(a, x, xAt + i, y, yAt + i, t, xAt + i, maxP, maxQ, minusRatio);
          FloatVector p = fromArray(F32, t, xAt + i);
          PairGradientF32.difference(fromArray(F32, e, yAt + i), p, slope, scale)
              .intoArray(g, to + i);
          a = TURNS == 2 ? b : sum;
          b = sum;
        }
        for (; i < n; i += STEP) {
          FloatVector sum = add(a, x, xAt + i, y, yAt + i, t, xAt + i, maxP, maxQ, minusRatio);
          a = TURNS == 2 ? b : sum;
          b = sum;
        }
        a.intoArray(lanes, lane);
        if (TURNS == 2) {
          b.intoArray(lanes, F32.length());
        }
      }
    }
  }
}
