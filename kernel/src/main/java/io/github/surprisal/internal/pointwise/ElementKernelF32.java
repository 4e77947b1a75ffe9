package io.github.surprisal.internal.pointwise;

import static io.github.surprisal.internal.lane.Species.F32;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.NE;

import io.github.surprisal.internal.reduction.TreeF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The passes. */
final class ElementKernelF32 implements ElementPassesF32 {
  private final float[] lanes = new float[TreeF32.LANES];

  @Override
  public void weigh(float[] v, int from, float[] factor, float[] w, int n) {
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector y = fromArray(F32, v, from + i);
      FloatVector f = fromArray(F32, factor, i);
      // 0 times infinity is 0, and 0 times NaN is NaN, but of what is masked.
      VectorMask<Float> zero = f.compare(EQ, 0f).and(y.compare(EQ, y));
      zero = zero.or(fromArray(F32, w, i).compare(EQ, 0f));
      y.mul(f).blend(0f, zero).intoArray(v, from + i);
    }
  }

  @Override
  public float sum(float[] v, int n) {
    for (int lane = 0; lane < TreeF32.LANES; lane += F32.length()) {
      FloatVector sum = zero(F32);
      for (int i = lane; i < n; i += TreeF32.LANES) {
        sum = sum.add(fromArray(F32, v, i));
      }
      sum.intoArray(lanes, lane);
    }
    return TreeF32.sum(lanes);
  }

  @Override
  public boolean finite(float[] v, int n) {
    for (int i = 0; i < n; i += F32.length()) {
      FloatVector y = fromArray(F32, v, i);
      // Each vector tested alone, since an accumulator would wait for its own sums.
      if (y.sub(y).compare(NE, 0f).anyTrue()) {
        return false;
      }
    }
    return true;
  }
}
