package io.github.surprisal.internal.reduction;

/**
 * Arithmetic of indices and counts up to the largest array, where a sum of two may exceed the range
 * of an int.
 */
public final class Indices {
  private Indices() {}

  /** Where the block after the one at {@code from} begins; {@code n} after the last of n. */
  public static int next(int from, int block, int n) {
    return n - from > block ? from + block : n;
  }

  /** Words of 64 bits that n bits take. */
  public static int words(int n) {
    return (n >>> 6) + ((n & 63) == 0 ? 0 : 1);
  }

  /**
   * The next multiple of a power of two, or the last one in the range of an int if n is beyond it.
   */
  public static int padded(int n, int multiple) {
    return (Math.min(n, Integer.MAX_VALUE - multiple + 1) + multiple - 1) & -multiple;
  }
}
