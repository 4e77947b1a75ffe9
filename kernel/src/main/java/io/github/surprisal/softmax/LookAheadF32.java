package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.Rows;
import io.github.surprisal.reduction.TreeF32;

/**
 * Memory that a group of rows will need after its exponentials: where logits of the group to follow
 * are, and where the gradient goes. The copy to the buffer and the gradient compute next to nothing
 * and would wait for it; the loop over the exponentials, which touches it, does not.
 */
final class LookAheadF32 {
  /** Rows of fewer classes are done before memory could answer. */
  private static final int FAR = 256;

  /** Takes what nobody reads, and is touched where there is nothing else to. */
  final float[] unread = new float[BLOCK];

  float[] coming = unread;
  final int[] comingAt = new int[RowGroup.CAPACITY];
  float[] going = unread;
  final int[] goingAt = new int[RowGroup.CAPACITY];

  /** Elements of a row beside which there is such memory, in whole strips of 16. */
  int whole;

  /** Whether there is anything to touch. */
  boolean looks() {
    return coming != unread || going != unread;
  }

  /** What to touch of those to come beside element i of a row on: nothing after whole strips. */
  float[] comingBeside(int i) {
    return i < whole ? coming : unread;
  }

  int comingAt(int r, int i) {
    return comingBeside(i) == unread ? 0 : comingAt[r];
  }

  /** The same of where the gradient goes. */
  float[] goingBeside(int i) {
    return i < whole ? going : unread;
  }

  int goingAt(int r, int i) {
    return goingBeside(i) == unread ? 0 : goingAt[r];
  }

  /** Looks at nothing, beside rows of n elements. */
  void clear(int n) {
    coming = unread;
    going = unread;
    whole = n;
  }

  /**
   * Looks at what comes after the rows of a group. The next group may be another if rows are
   * masked, but nothing depends on that.
   */
  void look(RowBatch batch, Rows from, RowGroup group) {
    if (batch.classes < FAR) {
      return;
    }
    whole = batch.classes & -TreeF32.LANES;
    coming = from.arrayF32;
    for (int r = 0; r < group.size; r++) {
      int next = group.row[r] + group.size;
      comingAt[r] = from.at(next < batch.rows ? next : group.row[r]);
    }
    float[] g = batch.gradient.arrayF32;
    // Where the gradient takes the place of an input, that is not to be overwritten yet.
    if (g != null
        && g != batch.logits.arrayF32
        && g != batch.probabilities.arrayF32
        && g != batch.teacher.arrayF32) {
      going = g;
      for (int r = 0; r < group.size; r++) {
        goingAt[r] = batch.gradient.at(group.row[r]);
      }
    }
  }

  /** Looks at a block in a row of many: at {@code first} of a row to follow, and of the output. */
  void lookAtBlock(Rows from, int row, int first, float[] out, int outAt) {
    coming = from.arrayF32;
    comingAt[0] = from.at(row) + first;
    if (out != null) {
      going = out;
      goingAt[0] = outAt + first;
    }
  }
}
