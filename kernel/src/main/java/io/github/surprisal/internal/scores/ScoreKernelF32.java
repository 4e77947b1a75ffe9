package io.github.surprisal.internal.scores;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.internal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The passes. A sum visits the virtual lanes a vector at a time, so that its order is the same at
 * every width.
 */
final class ScoreKernelF32 implements ScorePassesF32 {
  private static final int LANES = TreeF32.LANES;

  @Override
  public float max(float[] e, int n) {
    FloatVector max = broadcast(F32, Float.NEGATIVE_INFINITY);
    FloatVector nan = max;
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector v = fromArray(F32, e, i);
      max = max.blend(v, v.compare(GT, max));
      nan = nan.blend(v, v.compare(NE, v));
    }
    return nan.compare(NE, nan).anyTrue() ? Float.NaN : max.reduceLanes(MAX);
  }

  @Override
  public int indexOf(float[] e, int n, float value) {
    for (int i = 0; i < n; i += F32.length()) {
      VectorMask<Float> equal = fromArray(F32, e, i).compare(EQ, value);
      if (equal.anyTrue()) {
        return i + equal.firstTrue();
      }
    }
    return 0;
  }

  @Override
  public int gather(float[] e, int n, float max, float[] to, int at) {
    int end = at;
    for (int i = 0; i < n; i += LANES) {
      boolean near = false;
      for (int k = i; k < i + LANES; k += F32.length()) {
        FloatVector d = fromArray(F32, e, k).sub(max);
        near |= d.compare(GT, -1f).anyTrue();
        d.intoArray(to, end + k - i);
      }
      end += near ? LANES : 0;
    }
    return end;
  }

  @Override
  public void hinge(
      float[] e,
      int n,
      float high,
      float low,
      float floor,
      float slope,
      float[] sums,
      float[] counts) {
    FloatVector a = broadcast(F32, slope);
    FloatVector one = broadcast(F32, 1f);
    for (int lane = 0; lane < LANES; lane += F32.length()) {
      FloatVector sum = zero(F32);
      FloatVector count = zero(F32);
      for (int i = lane; i < n; i += LANES) {
        FloatVector x = fromArray(F32, e, i);
        VectorMask<Float> kept = x.compare(LE, floor);
        sum = sum.add(x.sub(high).sub(low).blend(0f, kept));
        count = count.add(one.blend(0f, kept));
        a.blend(0f, kept).intoArray(e, i);
      }
      sum.intoArray(sums, lane);
      count.intoArray(counts, lane);
    }
  }

  @Override
  public void squaredHinge(
      float[] e,
      int n,
      float high,
      float low,
      float floor,
      float slope,
      float[] sums,
      float[] squares) {
    FloatVector a = broadcast(F32, slope);
    for (int lane = 0; lane < LANES; lane += F32.length()) {
      FloatVector sum = zero(F32);
      FloatVector square = zero(F32);
      for (int i = lane; i < n; i += LANES) {
        FloatVector x = fromArray(F32, e, i);
        FloatVector v = x.sub(high).sub(low).blend(0f, x.compare(LE, floor));
        sum = sum.add(v);
        square = square.add(v.mul(v));
        v.mul(a).intoArray(e, i);
      }
      sum.intoArray(sums, lane);
      square.intoArray(squares, lane);
    }
  }

  @Override
  public void support(float[] e, int n, float max, float tau, float[] sums, float[] counts) {
    FloatVector one = broadcast(F32, 1f);
    for (int lane = 0; lane < LANES; lane += F32.length()) {
      FloatVector sum = zero(F32);
      FloatVector count = zero(F32);
      for (int i = lane; i < n; i += LANES) {
        FloatVector d = fromArray(F32, e, i).sub(max);
        VectorMask<Float> outside = d.compare(LE, tau);
        sum = sum.add(d.blend(0f, outside));
        count = count.add(one.blend(0f, outside));
      }
      sum.intoArray(sums, lane);
      count.intoArray(counts, lane);
    }
  }

  @Override
  public void project(
      float[] e, int n, float max, float tau, float slope, float[] sums, float[] squares) {
    FloatVector a = broadcast(F32, slope);
    for (int lane = 0; lane < LANES; lane += F32.length()) {
      FloatVector sum = zero(F32);
      FloatVector square = zero(F32);
      for (int i = lane; i < n; i += LANES) {
        FloatVector d = fromArray(F32, e, i).sub(max);
        FloatVector p = d.sub(tau).blend(0f, d.compare(LE, tau));
        sum = sum.add(p);
        square = square.add(p.mul(p));
        p.mul(a).intoArray(e, i);
      }
      sum.intoArray(sums, lane);
      square.intoArray(squares, lane);
    }
  }

  @Override
  public void supportSum(float[] p, float[] u, int n, float[] sums, float[] counts) {
    FloatVector one = broadcast(F32, 1f);
    for (int lane = 0; lane < LANES; lane += F32.length()) {
      FloatVector sum = zero(F32);
      FloatVector count = zero(F32);
      for (int i = lane; i < n; i += LANES) {
        VectorMask<Float> outside = fromArray(F32, p, i).compare(EQ, 0f);
        sum = sum.add(fromArray(F32, u, i).blend(0f, outside));
        count = count.add(one.blend(0f, outside));
      }
      sum.intoArray(sums, lane);
      count.intoArray(counts, lane);
    }
  }

  @Override
  public void centre(float[] p, float[] u, int n, float mean) {
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector v = fromArray(F32, p, i);
      FloatVector d = fromArray(F32, u, i).sub(mean).blend(v, v.compare(NE, v));
      d.blend(0f, v.compare(EQ, 0f)).intoArray(p, i);
    }
  }
}
