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
 * DirectSumsF32#load}. Adds what both sides see of each row.
 */
final class DirectKlF32 implements PassF32 {
  private static final int LANES = TreeF32.LANES;
  private static final int TURNS = TreeF32.turns(F32.length());
  private static final int STEP = TreeF32.step(F32.length());

  private final DirectSumsF32 sums;

  DirectKlF32(DirectSumsF32 sums) {
    this.sums = sums;
  }

  @Override
  public void run(RowBufferF32 q) {
    SideF32 teacher = sums.pair.teacher;
    SideF32 student = sums.pair.student;
    RowBufferF32 p = teacher.buffer;
    int n = sums.pair.padded;
    for (int r = 0; r < q.rows; r++) {
      int at = r * q.pitch;
      int yAt = student.at + at;
      int tAt = teacher.expAt + at;
      sum(teacher.x, teacher.at + at, student.x, yAt, teacher.e, tAt, n, p.max[r], q.max[r], q, r);
    }
    sums.addLanes();
  }

  private void sum(
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] t,
      int tAt,
      int n,
      float maxP,
      float maxQ,
      RowBufferF32 q,
      int r) {
    float minusRatio = sums.minusRatio;
    int to = r * LANES;
    for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
      FloatVector a = zero(F32);
      FloatVector b = a;
      for (int i = lane; i < n; i += STEP) {
        FloatVector sum = add(a, x, xAt + i, y, yAt + i, t, tAt + i, maxP, maxQ, minusRatio);
        a = TURNS == 2 ? b : sum;
        b = sum;
      }
      a.intoArray(q.lanes, to + lane);
      if (TURNS == 2) {
        b.intoArray(q.lanes, to + F32.length());
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

  /** The same sums of a group of whole rows and, from the same look at each, its gradient. */
  static final class WithGradient implements PassF32 {
    private final DirectSumsF32 sums;

    WithGradient(DirectSumsF32 sums) {
      this.sums = sums;
    }

    @Override
    public void run(RowBufferF32 q) {
      RowBufferF32 p = sums.pair.teacher.buffer;
      float[] g = sums.pair.g;
      for (int r = 0; r < q.rows; r++) {
        int at = r * q.pitch;
        sum(p.kept, q.kept, p.e, q.e, at, q.pitch, p.max[r], q.max[r], q, r, g, sums.to[r]);
        last(q.e, p.e, at, q.classes, r, g, sums.to[r]);
      }
      sums.addLanes();
    }

    private void sum(
        float[] x,
        float[] y,
        float[] t,
        float[] e,
        int at,
        int n,
        float maxP,
        float maxQ,
        RowBufferF32 q,
        int r,
        float[] g,
        int to) {
      float minusRatio = sums.minusRatio;
      float slope = sums.slope[r];
      float scale = sums.scale[r];
      int from = r * LANES;
      int last = q.classes - F32.length();
      for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
        FloatVector a = zero(F32);
        FloatVector b = a;
        int i = lane;
        for (; i <= last; i += STEP) {
          int j = at + i;
          FloatVector sum = add(a, x, j, y, j, t, j, maxP, maxQ, minusRatio);
          FloatVector p = fromArray(F32, t, j);
          PairGradientF32.difference(fromArray(F32, e, j), p, slope, scale).intoArray(g, to + i);
          a = TURNS == 2 ? b : sum;
          b = sum;
        }
        for (; i < n; i += STEP) {
          int j = at + i;
          FloatVector sum = add(a, x, j, y, j, t, j, maxP, maxQ, minusRatio);
          a = TURNS == 2 ? b : sum;
          b = sum;
        }
        a.intoArray(q.lanes, from + lane);
        if (TURNS == 2) {
          b.intoArray(q.lanes, from + F32.length());
        }
      }
    }

    /** The gradient of the last classes, fewer than lanes. */
    private void last(float[] e, float[] t, int at, int n, int r, float[] g, int to) {
      for (int i = n & -F32.length(); i < n; i++) {
        g[to + i] = e[at + i] * sums.slope[r] - t[at + i] * sums.scale[r];
      }
    }
  }
}
