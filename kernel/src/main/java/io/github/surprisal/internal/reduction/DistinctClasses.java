package io.github.surprisal.internal.reduction;

/** Checks that classes of a list are in range and differ, in time that is linear in the list. */
final class DistinctClasses {
  /** A bit for each class, all clear between calls: only what a list set is cleared again. */
  private long[] seen = {};

  /**
   * Checks n indices from {@code indices[from]} on.
   *
   * @throws IllegalArgumentException if one is no class, or there before
   */
  void check(int[] indices, int from, int n, int classes) {
    if (seen.length < Indices.words(classes)) {
      seen = new long[Indices.words(classes)];
    }
    int end = from;
    boolean good = true;
    while (good && end < from + n) {
      int index = indices[end];
      good = index >= 0 && index < classes && (seen[index >> 6] >>> index & 1) == 0;
      if (good) {
        seen[index >> 6] |= 1L << index;
        end++;
      }
    }
    for (int i = from; i < end; i++) {
      seen[indices[i] >> 6] = 0;
    }
    if (!good) {
      refuse(indices, from, end, classes);
    }
  }

  private static void refuse(int[] indices, int from, int at, int classes) {
    int index = indices[at];
    if (index < 0 || index >= classes) {
      throw new IllegalArgumentException(
          "indices[%d] = %d, expected 0 <= index < %d".formatted(at, index, classes));
    }
    int first = from;
    while (indices[first] != index) {
      first++;
    }
    throw new IllegalArgumentException(
        "indices[%d] = %d, expected to differ from indices[%d]".formatted(at, index, first));
  }
}
