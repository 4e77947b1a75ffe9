package io.github.surprisal;

import io.github.surprisal.reduction.RowBatch;

/**
 * What a loss or a function does with the rows of a batch. It is handed its owner, so that it can
 * be a constant and costs no garbage.
 */
interface RowStep<T> {
  /** Takes the rows of the workspace's batch, from its first to before its last. */
  void run(T owner, Workspace workspace, RowBatch batch);
}
