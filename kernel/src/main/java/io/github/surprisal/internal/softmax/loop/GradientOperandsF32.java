package io.github.surprisal.internal.softmax.loop;

/** Operands of {@link GradientF32}: a block of n exponentials of each row. */
public final class GradientOperandsF32 {
  /** The first row, and that to end before. */
  public int first;

  public int end;
  public int n;

  /** Exponentials, and where the gradient goes; may be the same. */
  public SlicesF32 e;

  public SlicesF32 g;

  /** Factor of the exponentials, and what is subtracted: the same for all classes, or times t. */
  public double[] slope;

  public double[] uniform;

  /** Target masses. */
  public SlicesF32 t;

  /** Logits, their maxima, and the factor of their distance. */
  public SlicesF32 y;

  public double[] max;
  public double[] tilt;

  /** Slopes of the softcap. */
  public SlicesF32 damping;

  /** No operands yet. */
  public GradientOperandsF32() {}
}
