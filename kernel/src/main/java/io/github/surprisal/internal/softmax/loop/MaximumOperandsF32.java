package io.github.surprisal.internal.softmax.loop;

/** Operands of {@link MaximumF32} and {@link IndexF32}: a block of n elements of a row. */
public final class MaximumOperandsF32 {
  public float[] x;
  public int at;
  public int n;

  /** The maximum so far, -infinity before the first block; or what is looked for. */
  public float max;

  /** Where it is, or -1. */
  public int index;

  /** No operands yet. */
  public MaximumOperandsF32() {}

  /** Forgets the arrays, so that they can be collected. */
  public void release() {
    x = null;
  }
}
