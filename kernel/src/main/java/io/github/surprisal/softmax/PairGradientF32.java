package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;

import jdk.incubator.vector.FloatVector;

/** Gradients of a block of a pair of distributions, by the student's logits. */
final class PairGradientF32 {
  private PairGradientF32() {}

  /** slope e_j - scale t_j, with t the exponentials of the teacher. */
  static PassF32[] difference(PairF32 pair) {
    return new PassF32[] {new Difference(pair)};
  }

  /** slope e_j (f_j - mean), 0 where e_j is. */
  static PassF32[] centred(PairF32 pair) {
    return new PassF32[] {new Centred(pair)};
  }

  /** Adds hardSlope h_j to f, with h the exponentials of the hard part. */
  static PassF32[] addHard(PairF32 pair) {
    return new PassF32[] {new AddHard(pair)};
  }

  /**
   * The gradient at the maximum k of both sides, where their probabilities are next to 1:
   *
   * <pre>
   *   A q_k - p_k = others - A complement,  others = sum of p_j over j != k,  complement = 1 - q_k
   * </pre>
   */
  static void largest(float[] g, int at, double complement, double others, double a, double scale) {
    if (complement < 0.5 && others < 0.5) {
      g[at] = (float) (scale * (others - a * complement));
    }
  }

  /** Not fused, so that equals cancel. */
  static FloatVector difference(FloatVector e, FloatVector t, float slope, float scale) {
    return e.mul(slope).sub(t.mul(scale));
  }

  static final class Difference implements PassF32 {
    private final PairF32 pair;

    Difference(PairF32 pair) {
      this.pair = pair;
    }

    @Override
    public void run(RowBufferF32 unused) {
      SideF32 p = pair.teacher;
      SideF32 q = pair.student;
      float slope = (float) pair.slope;
      float scale = (float) pair.scale;
      difference(q.e, q.expAt, p.e, p.expAt, pair.g, pair.to, pair.n, slope, scale);
    }

    static void difference(
        float[] e,
        int at,
        float[] t,
        int from,
        float[] g,
        int to,
        int n,
        float slope,
        float scale) {
      int i = 0;
      for (; i <= n - F32.length(); i += F32.length()) {
        FloatVector v = fromArray(F32, e, at + i);
        PairGradientF32.difference(v, fromArray(F32, t, from + i), slope, scale)
            .intoArray(g, to + i);
      }
      for (; i < n; i++) {
        g[to + i] = e[at + i] * slope - t[from + i] * scale;
      }
    }
  }

  static final class AddHard implements PassF32 {
    private final PairF32 pair;

    AddHard(PairF32 pair) {
      this.pair = pair;
    }

    @Override
    public void run(RowBufferF32 unused) {
      SideF32 h = pair.hard;
      float slope = (float) pair.hardSlope;
      Difference.difference(h.e, h.expAt, pair.logSlopes, 0, pair.g, pair.to, pair.n, slope, -1);
    }
  }

  static final class Centred implements PassF32 {
    private final PairF32 pair;

    Centred(PairF32 pair) {
      this.pair = pair;
    }

    @Override
    public void run(RowBufferF32 unused) {
      SideF32 q = pair.student;
      float mean = (float) pair.mean;
      float slope = (float) pair.slope;
      centred(q.e, q.expAt, pair.logSlopes, pair.g, pair.to, pair.n, slope, mean);
    }

    private static void centred(
        float[] e, int at, float[] f, float[] g, int to, int n, float slope, float mean) {
      int i = 0;
      for (; i <= n - F32.length(); i += F32.length()) {
        FloatVector v = fromArray(F32, e, at + i);
        FloatVector w = v.mul(slope).mul(fromArray(F32, f, i).sub(mean));
        w.blend(0f, v.compare(EQ, 0f)).intoArray(g, to + i);
      }
      for (; i < n; i++) {
        float v = e[at + i];
        g[to + i] = v == 0f ? 0f : v * slope * (f[i] - mean);
      }
    }
  }
}
