package io.github.surprisal.reduction;

/** The fixed tree that ends every sum of 16 lanes. */
public final class TreeF32 {
  /** Virtual lanes of a sum: element i of a block belongs to lane i mod 16. */
  public static final int LANES = ExactSum.LANES;

  private TreeF32() {}

  /** Lanes i and i + 8, then i + 4, i + 2, i + 1. */
  public static float sum(float[] a) {
    float a0 = a[0] + a[8];
    float a1 = a[1] + a[9];
    float a2 = a[2] + a[10];
    float a3 = a[3] + a[11];
    float a4 = a[4] + a[12];
    float a5 = a[5] + a[13];
    float a6 = a[6] + a[14];
    float a7 = a[7] + a[15];
    return ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7));
  }

  /** The next multiple of 16. */
  public static int padded(int n) {
    return (n + LANES - 1) & -LANES;
  }
}
