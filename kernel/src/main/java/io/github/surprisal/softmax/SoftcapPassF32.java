package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.lane.ExpF32;
import io.github.surprisal.lane.TanhF32;
import io.github.surprisal.lane.TemperatureF32;
import io.github.surprisal.reduction.Indices;
import jdk.incubator.vector.FloatVector;

/**
 * e becomes y = tanh(u), u = x / (T c) of the raw logits x, but for the infinities; beside it, the
 * slope sech^2(u).
 *
 * <p>Most logits lie within the cap, |u| <= 1, where a polynomial does. Those beyond take an
 * exponential and a quotient, for which only blocks that have some are gone through again. Which of
 * the two an element takes depends on nothing but its value.
 */
final class SoftcapPassF32 implements PassF32 {
  private static final int BLOCK = 256;

  /** Stands for the slope of a logit beyond the cap until that is known. */
  private static final float BEYOND = -1f;

  @Override
  public void run(RowBufferF32 b) {
    if (b.cap == null) {
      return;
    }
    for (int from = 0; from < b.filled; from = Indices.next(from, BLOCK, b.filled)) {
      int n = Math.min(BLOCK, b.filled - from);
      int at = b.dampingAt + from;
      if (within(b.raw, b.rawAt + from, b.e, from, b.damping, at, n, b.cap.inverse / 2)) {
        beyond(b.e, from, b.damping, at, n, b.cap);
      }
    }
  }

  /**
   * Caps the logits with |u| <= 1, n from x[from] on, and marks those beyond; returns whether there
   * are any.
   *
   * <pre>
   *   sech^2(u) = 1 - tanh^2(u)
   * </pre>
   */
  private static boolean within(
      float[] x, int from, float[] e, int to, float[] slopes, int slopesAt, int n, float inverse) {
    boolean found = false;
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector v = fromArray(F32, x, from + i);
      FloatVector u = v.mul(inverse);
      FloatVector y = TanhF32.tanhWithinOne(u);
      var beyond = u.abs().compare(GT, 1f);
      FloatVector slope = y.fma(y.neg(), broadcast(F32, 1f)).blend(BEYOND, beyond);
      y.blend(v, beyond).intoArray(e, to + i);
      slope.intoArray(slopes, slopesAt + i);
      found |= beyond.anyTrue();
    }
    return found;
  }

  /**
   * Caps the marked logits. Since E <= e^-2, nothing is lost by subtracting it from 1.
   *
   * <pre>
   *   E = e^(-2 |u|),  tanh |u| = (1 - E) / (1 + E),  sech^2(u) = 4 E / (1 + E)^2
   * </pre>
   */
  private static void beyond(
      float[] e, int from, float[] slopes, int slopesAt, int n, TemperatureF32 t) {
    float log2e = t.log2e;
    float high = t.high;
    float low = t.low;
    float inverse = t.inverse;
    FloatVector origin = ExpF32.origin(zero(F32), log2e);
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector x = fromArray(F32, e, from + i);
      FloatVector slope = fromArray(F32, slopes, slopesAt + i);
      FloatVector v = ExpF32.expScaled(x.abs().neg(), origin, log2e, high, low, inverse);
      FloatVector d = broadcast(F32, 1f).blend(-1f, x.compare(LT, 0f)).div(v.add(1f));
      FloatVector y = d.sub(v.mul(d)).blend(x, x.abs().compare(EQ, Float.POSITIVE_INFINITY));
      var marked = slope.compare(LT, 0f);
      slope.blend(v.mul(4f).mul(d.mul(d)), marked).intoArray(slopes, slopesAt + i);
      x.blend(y, marked).intoArray(e, from + i);
    }
  }
}
