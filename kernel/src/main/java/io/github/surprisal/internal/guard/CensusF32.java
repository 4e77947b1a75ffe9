package io.github.surprisal.internal.guard;

import io.github.surprisal.internal.reduction.Indices;

/**
 * Counts what an array holds, in blocks of 2048, in one loop over each. What the loop finds tells
 * whether a block holds something small or not finite: only then is it counted, from the cache, or
 * gone through element by element.
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
      double sum = survey(x, i, next, simd, c);
      if (sum < Double.POSITIVE_INFINITY) {
        c.magnitudes.add(sum);
        c.addExtremes(c.foundF32[0], c.foundF32[1]);
        if (c.foundF32[2] < Float.MIN_NORMAL) {
          small(x, i, next, simd, c);
        }
      } else {
        each(x, i, next, c);
      }
    }
    c.zeros = c.small[1];
    c.subnormals = c.small[0] - c.zeros;
    if (c.finite() > 0) {
      double sum = c.magnitudes.value();
      boolean isInRange = sum < Double.POSITIVE_INFINITY;
      c.meanMagnitude = isInRange ? sum / c.finite() : ofLarge(x, from, to, c) / c.finite() / DOWN;
    }
  }

  private static double survey(float[] x, int i, int end, boolean simd, Census c) {
    return simd
        ? SurveyF32.sum(x, i, end, c.lanes, c.bitsF32, c.foundF32)
        : SurveyF32Twin.sum(x, i, end, c.lanes, c.bitsF32, c.foundF32);
  }

  private static void small(float[] x, int i, int end, boolean simd, Census c) {
    if (simd) {
      SmallF32.count(x, i, end, c.small, c.bitsF32);
    } else {
      SmallF32Twin.count(x, i, end, c.small, c.bitsF32);
    }
  }

  private static void each(float[] x, int from, int to, Census c) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      float size = Math.abs(x[i]);
      if (size <= Float.MAX_VALUE) {
        c.addExtremes(x[i] + 0f, x[i] + 0f);
        c.small[0] += size < Float.MIN_NORMAL ? 1 : 0;
        c.small[1] += size == 0 ? 1 : 0;
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
