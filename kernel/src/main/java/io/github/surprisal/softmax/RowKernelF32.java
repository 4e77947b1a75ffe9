package io.github.surprisal.softmax;

import static io.github.surprisal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.surprisal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;

/**
 * The passes, along a row. A sum visits the virtual lanes a vector at a time, so that its order is
 * the same at every width. Tails of passes that do not sum are scalar: one fused multiply-add
 * rounds alike in both forms.
 */
final class RowKernelF32 implements RowPassesF32 {
  private static final int LANES = TreeF32.LANES;
  private static final int TURNS = TreeF32.turns(F32.length());
  private static final int STEP = TreeF32.step(F32.length());

  @Override
  public void below(float[] x, int from, int n, float max, float[] lanes) {
    int half = n / 2;
    FloatVector m = broadcast(F32, max);
    for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
      FloatVector s = zero(F32);
      FloatVector t = s;
      for (int i = lane; i < half; i += STEP) {
        FloatVector d = m.sub(fromArray(F32, x, from + i));
        FloatVector sum = s.add(d.add(m.sub(fromArray(F32, x, from + half + i))));
        s = TURNS == 2 ? t : sum;
        t = sum;
      }
      s.intoArray(lanes, lane);
      if (TURNS == 2) {
        t.intoArray(lanes, F32.length());
      }
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
    if (i < n && i > 0 && e != g) {
      i = n - F32.length(); // some of it again, with the same result
      fromArray(F32, e, from + i).fma(a, b).intoArray(g, to + i);
      i = n;
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
      fromArray(F32, q, from + i).fma(a, b).intoArray(t, i);
    }
    for (; i < n; i++) {
      t[i] = Math.fma(q[from + i], factor, constant);
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

  @Override
  public void hessian(
      float[] e, int at, float[] h, int to, int n, float inverse, float factor, float floor) {
    int i = 0;
    for (; i <= n - F32.length(); i += F32.length()) {
      FloatVector p = fromArray(F32, e, at + i).mul(inverse);
      FloatVector v = p.mul(broadcast(F32, 1f).sub(p)).mul(factor);
      v.blend(floor, v.compare(LT, floor)).intoArray(h, to + i);
    }
    for (; i < n; i++) {
      float p = e[at + i] * inverse;
      float v = p * (1f - p) * factor;
      h[to + i] = v < floor ? floor : v;
    }
  }

  @Override
  public void multiply(
      float[] e, int from, float[] f, int at, float[] g, int to, int n, float slope) {
    int i = 0;
    for (; i <= n - F32.length(); i += F32.length()) {
      fromArray(F32, e, from + i).mul(fromArray(F32, f, at + i)).mul(slope).intoArray(g, to + i);
    }
    for (; i < n; i++) {
      g[to + i] = e[from + i] * f[at + i] * slope;
    }
  }

  @Override
  public void tilt(float[] e, float[] y, int at, int n, float max, float slope, float tilt) {
    FloatVector a = broadcast(F32, slope);
    FloatVector b = broadcast(F32, tilt);
    for (int i = at; i < at + n; i += F32.length()) {
      FloatVector v = fromArray(F32, e, i);
      FloatVector w = v.mul(fromArray(F32, y, i).sub(max).fma(b, a));
      w.blend(v.mul(slope), v.compare(EQ, 0f)).intoArray(e, i);
    }
  }

  @Override
  public void logProbabilities(
      float[] x, int from, float[] y, int to, int n, float max, float unit, float logRest) {
    FloatVector a = broadcast(F32, unit);
    FloatVector b = broadcast(F32, -logRest);
    int i = 0;
    for (; i <= n - F32.length(); i += F32.length()) {
      fromArray(F32, x, from + i).sub(max).fma(a, b).intoArray(y, to + i);
    }
    for (; i < n; i++) {
      y[to + i] = Math.fma(x[from + i] - max, unit, -logRest);
    }
  }

  @Override
  public void products(float[] p, int from, float[] u, int at, int n, float[] lanes) {
    for (int lane = 0; lane < LANES; lane += TURNS * F32.length()) {
      FloatVector s = zero(F32);
      FloatVector t = s;
      for (int i = lane; i < n; i += STEP) {
        FloatVector sum = s.add(fromArray(F32, p, from + i).mul(fromArray(F32, u, at + i)));
        s = TURNS == 2 ? t : sum;
        t = sum;
      }
      s.intoArray(lanes, lane);
      if (TURNS == 2) {
        t.intoArray(lanes, F32.length());
      }
    }
  }

  @Override
  public void backward(
      float[] p, int from, float[] u, int at, float[] g, int to, int n, float mean, float scale) {
    int i = 0;
    for (; i <= n - F32.length(); i += F32.length()) {
      FloatVector d = fromArray(F32, u, at + i).sub(mean);
      fromArray(F32, p, from + i).mul(scale).mul(d).intoArray(g, to + i);
    }
    for (; i < n; i++) {
      g[to + i] = p[from + i] * scale * (u[at + i] - mean);
    }
  }
}
