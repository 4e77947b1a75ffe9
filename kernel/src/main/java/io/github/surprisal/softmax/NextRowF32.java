package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.Rows;

/** The maximum of the next row of many blocks, found beside other work on the row before it. */
final class NextRowF32 {
  /** Where the row after the present one begins, if it counts; else -1. */
  int following;

  /** Where the row begins whose maximum this is, or -1. */
  int at = -1;

  float max;

  /** The first class of the first block that has it. */
  int block;

  /** Tells whether a row follows on this one, or a maximum was found beside the one before. */
  void follow(RowBatch batch, Rows from, int row) {
    boolean follows = row + 1 < batch.rows && batch.kept(row + 1);
    following = follows ? from.at(row + 1) : -1;
    if (row == 0 || !batch.kept(row - 1)) {
      at = -1;
    }
  }

  /** Begins to look for the maximum of the row at {@code from}, or of none if that is -1. */
  void start(int from) {
    at = from;
    max = Float.NEGATIVE_INFINITY;
    block = 0;
  }

  /** The maximum of the block at class c. */
  void found(int c, float maxOfBlock) {
    if (maxOfBlock > max) {
      max = maxOfBlock;
      block = c;
    }
  }
}
