package io.github.surprisal.internal.softmax.formula;

import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.loop.Sizes;
import java.util.Arrays;

/** The rows that are worked on at a time: those that count, with their labels. */
public final class Group {
  /** Index of each row, since C2 does not vectorise a loop that stores its own counter. */
  private static final int[] INDEX = new int[Sizes.ROWS];

  static {
    Arrays.setAll(INDEX, r -> r);
  }

  /** Number of rows. */
  public int size;

  /** Which row of the batch each is. */
  public final int[] row = new int[Sizes.ROWS];

  /** Its label, or -1. */
  public final int[] label = new int[Sizes.ROWS];

  /** No rows. */
  public Group() {}

  /** Takes kept rows from {@code row} on, at most {@code capacity}; returns the row after them. */
  public int collect(RowBatch batch, int row, int capacity) {
    if (batch.keepsAll()) {
      int n = Math.max(0, Math.min(batch.rows - row, capacity));
      take(row, n, batch.labels);
      return row + n;
    }
    int next = row;
    size = 0;
    for (; next < batch.rows && size < capacity; next++) {
      if (batch.kept(next)) {
        add(next, batch.labels == null ? -1 : batch.labels[next]);
      } else {
        batch.skip(next);
      }
    }
    return next;
  }

  /** Adds a row. */
  public void add(int row, int label) {
    this.row[size] = row;
    this.label[size++] = label;
  }

  private void take(int first, int n, int[] labels) {
    size = n;
    for (int i = 0; i < n; i++) {
      row[i] = first + INDEX[i];
    }
    if (labels == null) {
      Arrays.fill(label, 0, n, -1);
    } else {
      System.arraycopy(labels, first, label, 0, n);
    }
  }
}
