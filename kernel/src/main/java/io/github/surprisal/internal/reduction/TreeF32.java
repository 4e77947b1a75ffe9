package io.github.surprisal.internal.reduction;

/** The fixed tree that ends every sum of 16 lanes. */
public final class TreeF32 {
  /** Virtual lanes of a sum: element i of a block belongs to lane i mod 16. */
  public static final int LANES = ExactSum.LANES;

  private TreeF32() {}

  /**
   * How many sums a loop keeps that takes one vector of the given length after the other: two in
   * turn where two vectors hold the 16 lanes, so that memory is read once, in order. Else one, and
   * the loop runs once for each vector of lanes.
   */
  public static int turns(int length) {
    return 2 * length == LANES ? 2 : 1;
  }

  /** How far such a loop goes from one vector to the next. */
  public static int step(int length) {
    return turns(length) == 2 ? length : LANES;
  }

  /** Lanes i and i + 8, then i + 4, i + 2, i + 1. */
  public static float sum(float[] a) {
    return sum(a, 0);
  }

  /** The sum of the 16 lanes that begin at a[i]. */
  public static float sum(float[] a, int i) {
    float a0 = a[i] + a[i + 8];
    float a1 = a[i + 1] + a[i + 9];
    float a2 = a[i + 2] + a[i + 10];
    float a3 = a[i + 3] + a[i + 11];
    float a4 = a[i + 4] + a[i + 12];
    float a5 = a[i + 5] + a[i + 13];
    float a6 = a[i + 6] + a[i + 14];
    float a7 = a[i + 7] + a[i + 15];
    return ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7));
  }

  /** The next multiple of 16. */
  public static int padded(int n) {
    return Indices.padded(n, LANES);
  }
}
