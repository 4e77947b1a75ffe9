package io.github.surprisal.internal.guard;

import io.github.surprisal.internal.reduction.Indices;

/**
 * Counts what an array holds, in blocks of 2048 that stay in the cache for one loop after the
 * other. A block with something that is not finite is gone through element by element.
 */
public final class CensusF32 {
  private static final int BLOCK = 2048;

  /** Brings a sum of magnitudes of float64 back into range. */
  private static final double DOWN = 0x1p-64;

  private CensusF32() {}

  /** Counts elements {@code from} to {@code to}, with vectors or without; indices are of x. */
  public static void of(float[] x, int from, int to, boolean simd, Census c) {
    c.reset(to - from);
    for (int i = from, next; i < to; i = next) {
      next = Indices.next(i, BLOCK, to);
      double sum = magnitudes(x, i, next, simd, c);
      if (sum < Double.POSITIVE_INFINITY) {
        c.magnitudes.add(sum);
        extremes(x, i, next, simd, c);
        int small = small(x, i, next, simd, Float.MIN_NORMAL);
        int zeros = small == 0 ? 0 : small(x, i, next, simd, Float.MIN_VALUE);
        c.zeros += zeros;
        c.subnormals += small - zeros;
      } else {
        each(x, i, next, c);
      }
    }
    if (c.finite() > 0) {
      double sum = c.magnitudes.value();
      boolean isInRange = sum < Double.POSITIVE_INFINITY;
      c.meanMagnitude = isInRange ? sum / c.finite() : ofLarge(x, from, to, c) / c.finite() / DOWN;
    }
  }

  private static double magnitudes(float[] x, int i, int end, boolean simd, Census c) {
    return simd ? MagnitudesF32.sum(x, i, end, c.lanes) : MagnitudesF32Twin.sum(x, i, end, c.lanes);
  }

  private static void extremes(float[] x, int i, int end, boolean simd, Census c) {
    float[] extremes = c.extremesF32;
    if (simd) {
      ExtremesF32.of(x, i, end, extremes);
    } else {
      ExtremesF32Twin.of(x, i, end, extremes);
    }
    c.addExtremes(extremes[0], extremes[1]);
  }

  private static int small(float[] x, int i, int end, boolean simd, float limit) {
    return simd ? SmallF32.count(x, i, end, limit) : SmallF32Twin.count(x, i, end, limit);
  }

  private static void each(float[] x, int from, int to, Census c) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      float size = Math.abs(x[i]);
      if (size <= Float.MAX_VALUE) {
        c.addExtremes(x[i] + 0f, x[i] + 0f);
        c.zeros += size == 0 ? 1 : 0;
        c.subnormals += size > 0 && size < Float.MIN_NORMAL ? 1 : 0;
        sum += size;
      } else {
        c.addNonFinite(i, x[i]);
      }
    }
    c.magnitudes.add(sum);
  }

  private static double ofLarge(float[] x, int from, int to, Census c) {
    c.magnitudes.reset();
    for (int i = from; i < to; i++) {
      c.magnitudes.add(Float.isFinite(x[i]) ? Math.abs(x[i]) * DOWN : 0);
    }
    return c.magnitudes.value();
  }
}
