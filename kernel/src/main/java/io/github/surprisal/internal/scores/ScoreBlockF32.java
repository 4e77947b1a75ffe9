package io.github.surprisal.internal.scores;

import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.reduction.Rows;
import io.github.surprisal.internal.reduction.TreeF32;
import java.util.Arrays;

/** A block of a row, copied to the first-level cache and filled up to whole strips of 16. */
final class ScoreBlockF32 {
  /** Elements of a block; the unit of sums. */
  static final int SIZE = 2048;

  final ScorePassesF32 passes;
  final float[] e = new float[SIZE];

  /** A second number for each element. */
  final float[] u = new float[SIZE];

  final float[] sums = new float[TreeF32.LANES];
  final float[] others = new float[TreeF32.LANES];

  ScoreBlockF32(ScorePassesF32 passes) {
    this.passes = passes;
  }

  /**
   * Stages classes from {@code first} on, -infinity where one is not allowed; returns their number
   * with what they are filled up with.
   */
  int stage(RowBatch batch, int row, int first) {
    int n = Math.min(SIZE, batch.classes - first);
    int padded = stage(batch.given.logits, row, first, n, e, Float.NEGATIVE_INFINITY);
    if (batch.given.allowed.present()) {
      batch.given.allowed.fillOthers(row, first, n, e, 0, Float.NEGATIVE_INFINITY);
    }
    return padded;
  }

  /** Adds what the block holds, but for one class. */
  int stageOthers(RowBatch batch, int row, int first, int label) {
    int padded = stage(batch, row, first);
    exclude(first, label);
    return padded;
  }

  /** Makes a class of the block that begins at {@code first} impossible, if it is in there. */
  void exclude(int first, int label) {
    int k = label - first;
    if (k >= 0 && k < SIZE) {
      e[k] = Float.NEGATIVE_INFINITY;
    }
  }

  /** Copies elements [first, first + n) of a row and fills them up. */
  static int stage(Rows rows, int row, int first, int n, float[] to, float filler) {
    int padded = TreeF32.padded(n);
    System.arraycopy(rows.arrayF32, rows.at(row) + first, to, 0, n);
    Arrays.fill(to, n, padded, filler);
    return padded;
  }

  /** Writes the block where the gradient goes, +0 where a class is not allowed. */
  void store(RowBatch batch, int row, int first) {
    if (batch.results.gradient.present()) {
      int n = Math.min(SIZE, batch.classes - first);
      if (batch.given.allowed.present()) {
        batch.given.allowed.fillOthers(row, first, n, e, 0, 0);
      }
      System.arraycopy(
          e, 0, batch.results.gradient.arrayF32, batch.results.gradient.at(row) + first, n);
    }
  }

  /** The score of a class; -infinity if it is not allowed. */
  static double score(RowBatch batch, int row, int label) {
    return batch.given.allowed.contains(row, label)
        ? batch.given.logits.get(row, label)
        : Double.NEGATIVE_INFINITY;
  }

  /** Writes the gradient of a label. */
  static void put(RowBatch batch, int row, int label, double gradient) {
    if (batch.results.gradient.present() && batch.given.allowed.contains(row, label)) {
      batch.results.gradient.put(row, label, gradient);
    }
  }
}
