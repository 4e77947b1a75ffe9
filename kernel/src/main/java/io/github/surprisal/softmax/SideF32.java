package io.github.surprisal.softmax;

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
  int expAt;

  double max;
  double unit;
  double inverse;
  double logRest;

  SideF32(PreparedLogitsF32 prepared) {
    buffer = new RowBufferF32(prepared);
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
    expAt = at;
  }

  /** Sees the block that its buffer sees of a row of many. */
  void seeBlock() {
    x = buffer.seen;
    at = buffer.seenAt;
    expAt = 0;
  }

  /** Exponential i of the block. */
  float exp(int i) {
    return buffer.e[expAt + i];
  }
}
