package io.github.surprisal.softmax;

import static io.github.surprisal.softmax.SoftmaxRowsF32.BLOCK;

import io.github.surprisal.reduction.TreeF32;
import java.util.Arrays;

/**
 * One side of a pair of distributions: the logits of a group of rows with their exponentials and
 * scalars, and a block of one row as the passes over pairs see it. With x the logits, e the
 * exponentials and m the maximum:
 *
 * <pre>
 *   log p_j = -((m - x_j) unit + logRest),  p_j = inverse e_j
 * </pre>
 */
final class SideF32 {
  final RowBufferF32 buffer;
  final RowGroup group = new RowGroup();

  /** The block: its logits, -infinity where a class is not allowed, and its exponentials. */
  float[] x;

  int at;
  float[] e;
  int expAt;

  double max;
  double unit;
  double inverse;
  double logRest;

  SideF32(PreparedLogitsF32 prepared, LookAheadF32 ahead) {
    buffer = new RowBufferF32(prepared, ahead);
    buffer.entropy = true;
  }

  void temperature(LogitOptions options) {
    buffer.temperature = options.temperatureF32;
    unit = options.unit;
  }

  /** Takes up the scalars of row r of the group. */
  void row(int r) {
    max = group.max[r];
    inverse = group.inverse[r];
    logRest = group.logRest[r];
  }

  /** Sees row r of a group of rows that are whole in the buffer. */
  void see(int r) {
    x = buffer.kept;
    at = r * buffer.pitch;
    e = buffer.e;
    expAt = at;
  }

  /** Sees the logits of classes [c, c + n) of a row of many blocks. */
  void seeLogits(int c, int n) {
    buffer.see(c, n, false);
    x = buffer.seen;
    at = buffer.seenAt;
  }

  /** The same, and their exponentials; {@code exp} computes what was not kept. */
  void seeBlock(int c, int n, PassF32[] exp) {
    seeLogits(c, n);
    boolean whole = n == BLOCK;
    e = buffer.out != null && whole ? buffer.out : buffer.e;
    expAt = buffer.out != null && whole ? buffer.outAt + c : 0;
    if (buffer.out == null) {
      buffer.run(exp);
    } else if (!whole) {
      System.arraycopy(buffer.out, buffer.outAt + c, e, 0, n);
      Arrays.fill(e, n, TreeF32.padded(n), 0);
    }
  }

  /** Sees the exponentials of the row alone, if they wait where the gradient goes. */
  boolean seesWaiting() {
    e = buffer.out;
    expAt = buffer.outAt;
    return e != null;
  }

  /** Forgets the caller's arrays. */
  void release() {
    buffer.release();
    x = null;
    e = null;
  }

  /** Exponential i of the block. */
  float exp(int i) {
    return e[expAt + i];
  }
}
