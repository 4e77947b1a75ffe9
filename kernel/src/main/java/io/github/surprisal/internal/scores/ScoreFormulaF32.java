package io.github.surprisal.internal.scores;

import io.github.surprisal.internal.reduction.RowBatch;

/** A loss of the scores of a row against its label. */
interface ScoreFormulaF32 {
  /**
   * The loss of a row, without any weight; NaN if it has none. Writes its gradient times {@code
   * slope}, if there is one to write.
   */
  double row(RowBatch batch, int row, int label, double slope);
}
