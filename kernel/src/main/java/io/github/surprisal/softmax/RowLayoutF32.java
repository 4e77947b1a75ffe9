package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;

/** How rows of some range of lengths pass through the cache. All give the same bits. */
interface RowLayoutF32 {
  /** How many rows of {@code classes} logits one group may hold. */
  int capacity(int classes);

  /** Reads the logits of the group; leaves the exponentials and fills the row scalars. */
  void normalise(RowBatch batch, RowTerms terms, RowGroup group);

  /**
   * Writes the gradient of the group from the exponentials and the finished row scalars, but for
   * what is special at the label.
   */
  void gradient(RowBatch batch, RowTerms terms, RowGroup group);
}
