package io.github.surprisal.internal.softmax.loop;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.internal.lane.ExpF32;
import io.github.surprisal.internal.lane.TanhF32;
import io.github.surprisal.internal.lane.TemperatureF32;
import io.github.surprisal.internal.reduction.Indices;
import jdk.incubator.vector.FloatVector;

/**
 * The logits y become tanh(u), u = y / (T c), but for the infinities; beside it, the slope
 * sech^2(u).
 *
 * <p>Most logits lie within the cap, |u| <= 1, where a polynomial does. Those beyond take an
 * exponential and a quotient, for which only blocks that have some are gone through again. Which of
 * the two an element takes depends on nothing but its value.
 */
final class SoftcapF32 {
  private static final int BLOCK = 256;

  /** Stands for the slope of a logit beyond the cap until that is known. */
  private static final float BEYOND = -1f;

  private SoftcapF32() {}

  static void run(SoftcapOperandsF32 a) {
    for (int from = 0; from < a.n; from = Indices.next(from, BLOCK, a.n)) {
      int n = Math.min(BLOCK, a.n - from);
      if (within(a.y, a.slopes, from, n, a.cap.inverse / 2)) {
        beyond(a.y, a.slopes, from, n, a.cap);
      }
    }
  }

  /**
   * Caps the logits with |u| <= 1, n from y[from] on, and marks those beyond; returns whether there
   * are any.
   *
   * <pre>
   *   sech^2(u) = 1 - tanh^2(u)
   * </pre>
   */
  private static boolean within(float[] y, float[] slopes, int from, int n, float inverse) {
    boolean found = false;
    for (int i = from; i < from + n; i += F32.length()) {
      FloatVector x = fromArray(F32, y, i);
      FloatVector u = x.mul(inverse);
      FloatVector v = TanhF32.tanhWithinOne(u);
      var beyond = u.abs().compare(GT, 1f);
      FloatVector slope = v.fma(v.neg(), broadcast(F32, 1f)).blend(BEYOND, beyond);
      v.blend(x, beyond).intoArray(y, i);
      slope.intoArray(slopes, i);
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
  private static void beyond(float[] y, float[] slopes, int from, int n, TemperatureF32 t) {
    float log2e = t.log2e;
    float high = t.high;
    float low = t.low;
    float inverse = t.inverse;
    FloatVector origin = ExpF32.origin(zero(F32), log2e);
    for (int i = from; i < from + n; i += F32.length()) {
      FloatVector x = fromArray(F32, y, i);
      FloatVector slope = fromArray(F32, slopes, i);
      FloatVector v = ExpF32.expScaled(x.abs().neg(), origin, log2e, high, low, inverse);
      FloatVector d = broadcast(F32, 1f).blend(-1f, x.compare(LT, 0f)).div(v.add(1f));
      FloatVector w = d.sub(v.mul(d)).blend(x, x.abs().compare(EQ, Float.POSITIVE_INFINITY));
      var marked = slope.compare(LT, 0f);
      slope.blend(v.mul(4f).mul(d.mul(d)), marked).intoArray(slopes, i);
      x.blend(w, marked).intoArray(y, i);
    }
  }
}
