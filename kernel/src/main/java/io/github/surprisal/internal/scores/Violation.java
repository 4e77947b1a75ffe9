package io.github.surprisal.internal.scores;

import io.github.surprisal.internal.reduction.DoubleDouble;

/**
 * By how much a score z violates the margin from that of the label: v = z - b with
 *
 * <pre>
 *   b = z_y - margin = bound + lost,  lost the rounding of bound
 * </pre>
 *
 * whose sign is that of the exact difference.
 */
final class Violation {
  private double bound;
  private double lost;

  /** The bound of a row. */
  void set(double labelScore, double margin) {
    bound = labelScore - margin;
    lost = Double.isInfinite(bound) ? 0 : DoubleDouble.lost(labelScore, -margin, bound);
  }

  double bound() {
    return bound;
  }

  /** b - part, for a part that is the bound rounded, or the bound. */
  double beyond(double part) {
    return Double.isInfinite(bound) ? 0 : (bound - part) + lost;
  }

  /** v, positive where z violates the margin. */
  double of(double z) {
    return (z - bound) - lost;
  }
}
