package io.github.surprisal.internal.softmax.loop;

import io.github.surprisal.internal.reduction.Rows;
import java.util.Arrays;

/**
 * Where a block of each row of a group lies: element i of row r is array[offset + row[r] stride +
 * from + i].
 */
public final class SlicesF32 {
  /** Rows one after the other. */
  private static final int[] IN_ORDER = new int[Sizes.ROWS];

  static {
    Arrays.setAll(IN_ORDER, r -> r);
  }

  /** The array that all rows lie in. */
  public float[] array;

  /** Where in its row the block begins. */
  public int from;

  private int[] row = IN_ORDER;
  private int offset;
  private int stride;

  /** No rows yet. */
  public SlicesF32() {}

  /** Index of the first element of row r. */
  public int at(int r) {
    return offset + row[r] * stride + from;
  }

  /** Rows one after the other from the start of an array, {@code pitch} elements apart. */
  public void set(float[] array, int pitch) {
    this.array = array;
    row = IN_ORDER;
    offset = 0;
    stride = pitch;
    from = 0;
  }

  /** Those rows of a matrix that a group has. */
  public void set(Rows rows, int[] ofGroup) {
    array = rows.arrayF32;
    row = ofGroup;
    offset = rows.at(0);
    stride = rows.stride();
    from = 0;
  }

  /** Forgets the array, so that it can be collected. */
  public void release() {
    array = null;
  }
}
