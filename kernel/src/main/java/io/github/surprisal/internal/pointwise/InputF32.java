package io.github.surprisal.internal.pointwise;

import io.github.surprisal.internal.reduction.Rows;
import io.github.surprisal.internal.reduction.TreeF32;

/**
 * A block of a matrix whose elements, in the order of its rows, count as one long array. Where they
 * are one, and fill whole strips of 16, they are used where they lie; else they are copied.
 */
final class InputF32 {
  private final float[] buffer = new float[BlockF32.LENGTH];

  /** Element i of the block is array[from + i]. */
  float[] array;

  int from;

  /** Points at elements {@code from} to {@code from + n}, of either type. */
  void set(Rows rows, int columns, int from, int n) {
    if (direct(rows, columns, n)) {
      array = rows.arrayF32;
      this.from = rows.at(0) + from;
    } else {
      array = buffer;
      this.from = 0;
      read(rows, columns, from, n, buffer);
    }
  }

  /** Whether whole strips can be read and written where they lie. */
  static boolean direct(Rows rows, int columns, int n) {
    return rows.arrayF32 != null && rows.dense(columns) && n == TreeF32.padded(n);
  }

  /** to[i] = element from + i, for i < n. */
  static void read(Rows rows, int columns, int from, int n, float[] to) {
    for (int i = 0; i < n; ) {
      int row = (from + i) / columns;
      int column = (from + i) % columns;
      int end = i + Math.min(n - i, columns - column);
      if (rows.arrayF32 != null && rows.columnStride() == 1) {
        System.arraycopy(rows.arrayF32, rows.at(row) + column, to, i, end - i);
        i = end;
      }
      for (; i < end; i++, column++) {
        to[i] = (float) rows.get(row, column);
      }
    }
  }
}
