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
import io.github.surprisal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The passes, along a row. A sum visits the virtual lanes a vector at a time, so that its order is
 * the same at every width. Tails of passes that do not sum are scalar: one fused multiply-add
 * rounds alike in both forms.
 */
final class RowKernelF32 implements RowPassesF32 {
  private static final int LANES = TreeF32.LANES;

  @Override
  public void below(float[] x, int from, int n, float max, float[] lanes) {
    for (int lane = 0; lane < LANES; lane += F32.length()) {
      FloatVector m = broadcast(F32, max);
      FloatVector sum = zero(F32);
      for (int i = lane; i < n; i += LANES) {
        sum = sum.add(m.sub(fromArray(F32, x, from + i)));
      }
      sum.intoArray(lanes, lane);
    }
  }

  @Override
  public void gradient(float[] e, int from, float[] g, int to, int n, float slope, float uniform) {
    FloatVector a = broadcast(F32, slope);
    FloatVector b = broadcast(F32, -uniform);
    int i = 0;
    for (; i <= n - F32.length(); i += F32.length()) {
      fromArray(F32, e, from + i).fma(a, b).intoArray(g, to + i);
    }
    for (; i < n; i++) {
      g[to + i] = Math.fma(e[from + i], slope, -uniform);
    }
  }

  @Override
  public void gradient(
      float[] e, int from, float[] g, int to, int n, float slope, float scale, float[] t) {
    FloatVector a = broadcast(F32, slope);
    FloatVector b = broadcast(F32, -scale);
    int i = 0;
    for (; i <= n - F32.length(); i += F32.length()) {
      fromArray(F32, e, from + i).fma(a, fromArray(F32, t, i).mul(b)).intoArray(g, to + i);
    }
    for (; i < n; i++) {
      g[to + i] = Math.fma(e[from + i], slope, t[i] * -scale);
    }
  }

  @Override
  public void targets(float[] q, int from, float[] t, int n, float factor, float constant) {
    FloatVector a = broadcast(F32, factor);
    FloatVector b = broadcast(F32, constant);
    int i = 0;
    for (; i <= n - F32.length(); i += F32.length()) {
      FloatVector v = fromArray(F32, q, from + i);
      v.fma(a, b).blend(Float.NaN, v.compare(LT, 0f)).intoArray(t, i);
    }
    for (; i < n; i++) {
      float v = q[from + i];
      t[i] = v < 0f ? Float.NaN : Math.fma(v, factor, constant);
    }
  }

  @Override
  public void weigh(float[] w, int from, float[] t, int n) {
    int i = 0;
    for (; i <= n - F32.length(); i += F32.length()) {
      fromArray(F32, t, i).mul(fromArray(F32, w, from + i)).intoArray(t, i);
    }
    for (; i < n; i++) {
      t[i] *= w[from + i];
    }
  }

  @Override
  public void dot(
      float[] t, int at, float[] x, int from, int n, float max, float[] mass, float[] lanes) {
    for (int lane = 0; lane < LANES; lane += F32.length()) {
      FloatVector m = broadcast(F32, max);
      FloatVector a = zero(F32);
      FloatVector d = zero(F32);
      for (int i = lane; i < n; i += LANES) {
        FloatVector v = fromArray(F32, t, at + i);
        FloatVector term = v.mul(m.sub(fromArray(F32, x, from + i)));
        a = a.add(v);
        d = d.add(term.blend(0f, v.compare(EQ, 0f)));
      }
      a.intoArray(mass, lane);
      d.intoArray(lanes, lane);
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
  @Override
  public void softcap(float[] e, float[] slopes, int at, int n, TemperatureF32 t) {
    float log2e = t.log2e;
    float high = t.ln2High;
    float low = t.ln2Low;
    float inverse = t.inverse;
    FloatVector origin = ExpF32.origin(zero(F32), log2e);
    for (int i = at; i < at + n; i += F32.length()) {
      FloatVector x = fromArray(F32, e, i);
      FloatVector v = x.abs().neg();
      FloatVector biased = v.fma(broadcast(F32, log2e), origin);
      FloatVector k = biased.sub(origin);
      FloatVector r = k.fma(broadcast(F32, -high), v);
      r = k.fma(broadcast(F32, -low), r).mul(inverse);
      VectorMask<Float> vanishes = biased.compare(LT, origin.sub(126f));
      FloatVector s = ExpF32.power(biased).blend(0f, vanishes);
      FloatVector q = r.add(Expm1F32.beyondLinear(r)).blend(0f, vanishes);
      FloatVector expm1 = s.fma(q, s.sub(1f));
      FloatVector d = broadcast(F32, 1f).div(expm1.add(2f));
      s.fma(q, s).mul(4f).mul(d.mul(d)).intoArray(slopes, i);
      ofSign(expm1.mul(d), x).intoArray(e, i);
    }
  }

  /** The capped x from -tanh |x|: an infinity stays. */
  private static FloatVector ofSign(FloatVector y, FloatVector x) {
    return y.neg()
        .blend(y, x.compare(LT, 0f))
        .blend(x, x.abs().compare(EQ, Float.POSITIVE_INFINITY));
  }

  @Override
  public void multiply(float[] e, int at, float[] f, float[] g, int to, int n) {
    int i = 0;
    for (; i <= n - F32.length(); i += F32.length()) {
      fromArray(F32, e, at + i).mul(fromArray(F32, f, at + i)).intoArray(g, to + i);
    }
    for (; i < n; i++) {
      g[to + i] = e[at + i] * f[at + i];
    }
  }

  @Override
  public void tilt(float[] e, float[] y, int at, int n, float max, float slope, float tilt) {
    FloatVector a = broadcast(F32, slope);
    FloatVector b = broadcast(F32, tilt);
    for (int i = at; i < at + n; i += F32.length()) {
      FloatVector v = fromArray(F32, e, i);
      FloatVector w = v.mul(fromArray(F32, y, i).sub(max).fma(b, a));
      w.blend(0f, v.compare(EQ, 0f)).intoArray(e, i);
    }
  }
}
