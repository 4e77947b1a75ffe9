package io.github.surprisal.softmax;

/** The same as {@link TransposeF32} one element at a time, and where that has no squares. */
final class TransposeF32Twin {
  private TransposeF32Twin() {}

  /** {@code to[toAt[j] + i] = from[fromAt[i] + j]} for all i < m and j < n, in long loops. */
  static void run(float[] from, int[] fromAt, int m, float[] to, int[] toAt, int n) {
    if (m < n) {
      for (int i = 0; i < m; i++) {
        int at = fromAt[i];
        for (int j = 0; j < n; j++) {
          to[toAt[j] + i] = from[at + j];
        }
      }
    } else {
      for (int j = 0; j < n; j++) {
        int at = toAt[j];
        for (int i = 0; i < m; i++) {
          to[at + i] = from[fromAt[i] + j];
        }
      }
    }
  }
}
