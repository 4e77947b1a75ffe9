package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.lane.ExpF32;
import io.github.surprisal.lane.Expm1F32;
import io.github.surprisal.lane.TemperatureF32;
import jdk.incubator.vector.FloatVector;

/** e becomes tanh(e / (T c)), but for the infinities; beside it, the slope sech^2. */
final class SoftcapPassF32 implements PassF32 {
  @Override
  public void run(RowBufferF32 b) {
    if (b.cap != null) {
      exponentials(b.e, b.slopes, b.kept, b.filled, b.cap);
      quotients(b.e, b.slopes, b.kept, b.filled);
    }
  }

  /**
   * With v = -2 |x| / (T c), reduced as for {@link ExpF32#expScaled}, v = n ln 2 + r: e^v to the
   * slopes and E = e^v - 1 to where logits are kept later.
   *
   * <pre>
   *   E = 2^n (e^r - 1) + (2^n - 1)
   * </pre>
   */
  private static void exponentials(
      float[] e, float[] slopes, float[] kept, int n, TemperatureF32 t) {
    float log2e = t.log2e;
    float high = t.ln2High;
    float low = t.ln2Low;
    float inverse = t.inverse;
    float most = ExpF32.VANISHING / log2e; // where 2^n is 0
    FloatVector origin = ExpF32.origin(zero(F32), log2e);
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector u = fromArray(F32, e, i).abs();
      u = u.blend(most, u.compare(GT, most));
      FloatVector biased = u.fma(broadcast(F32, -log2e), origin);
      FloatVector k = biased.sub(origin);
      // v - k ln 2, both with the sign changed until the division.
      FloatVector r = k.fma(broadcast(F32, high), u);
      r = k.fma(broadcast(F32, low), r).mul(-inverse);
      FloatVector s = ExpF32.power(biased);
      FloatVector q = r.add(Expm1F32.beyondLinear(r));
      s.fma(q, s).intoArray(slopes, i);
      s.fma(q, s.sub(1f)).intoArray(kept, i);
    }
  }

  /**
   * In a loop of its own, since registers do not suffice for both:
   *
   * <pre>
   *   tanh |x / (T c)| = -E / (2 + E),  sech^2 = 4 e^v / (2 + E)^2
   * </pre>
   */
  private static void quotients(float[] e, float[] slopes, float[] kept, int n) {
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector x = fromArray(F32, e, i);
      FloatVector expm1 = fromArray(F32, kept, i);
      FloatVector d = broadcast(F32, -1f).blend(1f, x.compare(LT, 0f)).div(expm1.add(2f));
      fromArray(F32, slopes, i).mul(4f).mul(d.mul(d)).intoArray(slopes, i);
      expm1.mul(d).blend(x, x.abs().compare(EQ, Float.POSITIVE_INFINITY)).intoArray(e, i);
    }
  }
}
