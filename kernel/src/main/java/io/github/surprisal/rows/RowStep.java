package io.github.surprisal.rows;

import io.github.surprisal.internal.reduction.RowBatch;

/**
 * What a loss or a function does with the rows of a batch. It is handed its owner, so that it can
 * be a constant and costs no garbage.
 */
interface RowStep<T> {
  /** Takes the rows of the workspace's batch, from its first to before its last. */
  void run(T owner, RowScratch scratch, RowBatch batch);
}
