package io.github.surprisal.softmax;

import io.github.surprisal.reduction.TreeF32;

/**
 * The sums of e_j (m - y_j) that the entropy is made of: all terms have one sign. The maximum is
 * out of e, and its term is 0.
 */
final class EntropySumsF32 implements PassF32 {
  private final RowPassesF32 passes;
  private final float[] mass = new float[TreeF32.LANES];
  private final float[] dot = new float[TreeF32.LANES];

  EntropySumsF32(RowPassesF32 passes) {
    this.passes = passes;
  }

  @Override
  public void run(RowBufferF32 b) {
    for (int r = 0; b.entropy && r < b.rows; r++) {
      b.group.entropyDot[r] = sum(b, r, r * b.pitch, b.pitch);
    }
  }

  /** The sum over n elements, a multiple of 16, of row r. */
  double sum(RowBufferF32 b, int r, int at, int n) {
    passes.dot(b.e, at, b.kept, at, n, b.max[r], mass, dot);
    return TreeF32.sum(dot);
  }
}
