package io.github.surprisal.internal.guard;

import io.github.surprisal.internal.reduction.Indices;

/** Brings every element of many arrays between two limits. */
public final class ValuesF32 {
  private static final int BLOCK = 2048;

  private final boolean simd;
  private final NonFiniteElements nonFinite = new NonFiniteElements();

  /** With vectors or without, with the same bits. */
  public ValuesF32(boolean simd) {
    this.simd = simd;
  }

  /** Looks for what is not finite. */
  public void look(float[][] arrays) {
    nonFinite.reset();
    for (int a = 0; a < arrays.length; a++) {
      float[] x = arrays[a];
      for (int i = 0, next; i < x.length; i = next) {
        next = Indices.next(i, BLOCK, x.length);
        float max =
            simd ? MaximumMagnitudeF32.of(x, i, next) : MaximumMagnitudeF32Twin.of(x, i, next);
        if (max != max) {
          each(a, x, i, next);
        }
      }
    }
  }

  private void each(int a, float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(x[i])) {
        nonFinite.add(a, i, x[i]);
      }
    }
  }

  /** What is not finite. */
  public NonFiniteElements nonFinite() {
    return nonFinite;
  }

  /** Returns how many finite elements were beyond the limit; others stay as they are. */
  public long clamp(float[][] arrays, double limit) {
    float most = toFloor(limit);
    long count = 0;
    for (float[] x : arrays) {
      for (int i = 0, next; i < x.length; i = next) {
        next = Indices.next(i, BLOCK, x.length);
        count += nonFinite.count() > 0 ? finite(x, i, next, most) : clamp(x, i, next, most);
      }
    }
    return count;
  }

  private int clamp(float[] x, int from, int to, float limit) {
    return simd ? ClampF32.clamp(x, from, to, limit) : ClampF32Twin.clamp(x, from, to, limit);
  }

  private static int finite(float[] x, int from, int to, float limit) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (Float.isFinite(x[i]) && Math.abs(x[i]) > limit) {
        x[i] = Math.copySign(limit, x[i]);
        count++;
      }
    }
    return count;
  }

  /** The largest number of this type at or below the limit. */
  private static float toFloor(double limit) {
    float nearest = (float) limit;
    return nearest > limit ? Math.nextDown(nearest) : nearest;
  }
}
