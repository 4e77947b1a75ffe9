package io.github.surprisal.internal.softmax.loop;

/** Operands of {@link HessianF32}: a block of n exponentials of each row. */
public final class HessianOperandsF32 {
  public int rows;
  public int n;
  public SlicesF32 e;

  /** Where the second derivatives go. */
  public SlicesF32 h;

  /** What makes exponentials probabilities, and the factor of p (1 - p). */
  public final float[] inverse = new float[Sizes.ROWS];

  public final float[] factor = new float[Sizes.ROWS];

  /** The least result. */
  public final float[] floor = new float[Sizes.ROWS];

  /** The exponential of each maximum, and its result. */
  public final float[] maxExp = new float[Sizes.ROWS];

  public final float[] ofMax = new float[Sizes.ROWS];

  /** No operands yet. */
  public HessianOperandsF32() {}
}
