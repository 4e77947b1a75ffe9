package io.github.surprisal.internal.reduction;

/**
 * Which classes a row may have: bit j mod 64 of word j / 64, in one set for all rows or one a row;
 * all, if absent.
 */
public final class AllowedClasses {
  private long[] words;
  private int classes;
  private int stride;

  /** One set, or one a row, of as many words as classes need; null: all are allowed. */
  public void set(long[] words, int classes) {
    this.words = words;
    this.classes = classes;
    stride = words == null || words.length == words(classes) ? 0 : words(classes);
  }

  /** Number of words of a set. */
  public static int words(int classes) {
    return Indices.words(classes);
  }

  /** Whether any class may be missing. */
  public boolean present() {
    return words != null;
  }

  /** Whether the class is allowed in the row. */
  public boolean contains(int row, int label) {
    return words == null || (words[row * stride + (label >> 6)] >>> label & 1) != 0;
  }

  /** Number of classes allowed in the row. */
  public int count(int row) {
    if (words == null) {
      return classes;
    }
    int count = 0;
    for (int j = 0; j < classes; j = Indices.next(j, 64, classes)) {
      count += Math.min(64, classes - j) - Long.bitCount(others(row, j));
    }
    return count;
  }

  /** The classes from j on, at most 64, that are not allowed in the row. */
  private long others(int row, int j) {
    long others = ~words[row * stride + (j >> 6)];
    return classes - j < 64 ? others & (1L << (classes - j)) - 1 : others;
  }

  /**
   * Fills classes [first, first + n) of a row, first a multiple of 64, where they are not allowed.
   */
  public void fillOthers(int row, int first, int n, float[] e, int at, float value) {
    for (int i = 0; i < n; i += 64) {
      for (long left = others(row, first + i); left != 0; left &= left - 1) {
        e[at + i + Long.numberOfTrailingZeros(left)] = value;
      }
    }
  }

  /** Fills classes of a row of doubles, first a multiple of 64, where they are not allowed. */
  public void fillOthers(int row, int first, int n, double[] e, int at, double value) {
    for (int i = 0; i < n; i += 64) {
      for (long left = others(row, first + i); left != 0; left &= left - 1) {
        e[at + i + Long.numberOfTrailingZeros(left)] = value;
      }
    }
  }
}
