package io.github.surprisal.internal.softmax.shortrow;

/** What {@link TransposeF32} does, one element at a time; used where that has no tiles. */
final class TransposeF32Twin {
  private static final int PITCH = ColumnsF32.PITCH;

  private TransposeF32Twin() {}

  /** {@code e[PITCH c + r] = x[at[r] + c]}. */
  static void toColumns(float[] x, int[] at, int rows, float[] e, int classes) {
    for (int c = 0; c < classes; c++) {
      for (int r = 0; r < rows; r++) {
        e[PITCH * c + r] = x[at[r] + c];
      }
    }
  }

  /** {@code g[at[r] + c] = slope[r] e[PITCH c + r] - uniform[r]}. */
  static void toRows(
      float[] e, int classes, float[] slope, float[] uniform, float[] g, int[] at, int rows) {
    for (int c = 0; c < classes; c++) {
      for (int r = 0; r < rows; r++) {
        g[at[r] + c] = Math.fma(e[PITCH * c + r], slope[r], -uniform[r]);
      }
    }
  }
}
