package io.github.surprisal.internal.softmax.loop;

/** Operands of {@link RowMapF32}: n elements of a row. */
public final class RowMapOperandsF32 {
  public int n;
  public float[] x;
  public int xAt;
  public float[] y;
  public int yAt;

  /** Where the results go; may be x or y. */
  public float[] to;

  public int toAt;
  public float a;
  public float b;
  public float c;

  /** No operands yet. */
  public RowMapOperandsF32() {}

  /** Forgets the arrays, so that they can be collected. */
  public void release() {
    x = y = to = null;
  }
}
