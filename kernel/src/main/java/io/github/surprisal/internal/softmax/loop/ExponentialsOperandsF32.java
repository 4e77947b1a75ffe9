package io.github.surprisal.internal.softmax.loop;

/**
 * Operands of {@link ExponentialsF32}: whole rows of n logits, or of one row a block, whose maximum
 * is known.
 */
public final class ExponentialsOperandsF32 {
  public int rows;
  public int n;

  /** Whether rows are whole; else the first class of the block. */
  public boolean whole;

  public int block;

  /** Logits, and where their exponentials go; may be the same. */
  public SlicesF32 x;

  public SlicesF32 e;

  /** Whether blocks of a row go behind each other, not into the place of the one before. */
  public boolean keeps;

  /** The label of each row, or -1; null without labels. */
  public int[] label;

  public final RowScaleF32 scale = new RowScaleF32();

  /** Takes in what the loop finds of each row. */
  public SoftmaxScalars softmax;

  final PartialSumsF32 sums = new PartialSumsF32();

  /** No operands yet. */
  public ExponentialsOperandsF32() {}
}
