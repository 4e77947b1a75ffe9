package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.lane.ExpF32;
import io.github.surprisal.lane.Expm1F32;
import io.github.surprisal.lane.TemperatureF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** e becomes tanh(e / (T c)), but for the infinities; beside it, the slope sech^2. */
final class SoftcapPassF32 implements PassF32 {
  @Override
  public void run(RowBufferF32 b) {
    if (b.cap != null) {
      softcap(b.e, b.slopes, b.filled, b.cap);
    }
  }

  /**
   * With v = -2 |x| / (T c), reduced as for {@link ExpF32#expScaled}, v = n ln 2 + r, E = e^v - 1:
   *
   * <pre>
   *   E = 2^n (e^r - 1) + (2^n - 1)
   *   tanh = -E / (2 + E),  sech^2 = 4 e^v / (2 + E)^2
   * </pre>
   */
  private static void softcap(float[] e, float[] slopes, int n, TemperatureF32 t) {
    float log2e = t.log2e;
    float high = t.ln2High;
    float low = t.ln2Low;
    float inverse = t.inverse;
    FloatVector origin = ExpF32.origin(zero(F32), log2e);
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector x = fromArray(F32, e, i);
      FloatVector v = x.abs().neg();
      FloatVector biased = v.fma(broadcast(F32, log2e), origin);
      FloatVector k = biased.sub(origin);
      FloatVector r = rest(v, k, high, low).mul(inverse);
      VectorMask<Float> vanishes = biased.compare(LT, ExpF32.LEAST);
      FloatVector s = ExpF32.power(biased).blend(0f, vanishes);
      FloatVector q = r.add(Expm1F32.beyondLinear(r)).blend(0f, vanishes);
      FloatVector expm1 = s.fma(q, s.sub(1f));
      FloatVector d = broadcast(F32, 1f).div(expm1.add(2f));
      s.fma(q, s).mul(4f).mul(d.mul(d)).intoArray(slopes, i);
      FloatVector y = expm1.mul(d);
      y = y.neg().blend(y, x.compare(LT, 0f));
      y.blend(x, v.compare(EQ, Float.NEGATIVE_INFINITY)).intoArray(e, i);
    }
  }

  private static FloatVector rest(FloatVector v, FloatVector k, float high, float low) {
    return k.fma(broadcast(F32, -low), k.fma(broadcast(F32, -high), v));
  }
}
