package io.github.surprisal.internal.softmax.loop;

/** Operands of {@link SumF32}: a block of n elements of arrays. */
public final class SumOperandsF32 {
  public int n;
  public float[] x;
  public int xAt;
  public float[] y;
  public int yAt;
  public float[] z;
  public int zAt;

  /** m and m', and -ratio. */
  public float max;

  public float otherMax;
  public float minusRatio;

  /** Take in the sums. */
  public double first;

  public double second;

  final PartialSumsF32 sums = new PartialSumsF32();

  /** No operands yet. */
  public SumOperandsF32() {}

  /** Forgets the arrays, so that they can be collected. */
  public void release() {
    x = y = z = null;
  }
}
