package io.github.surprisal;

/** What a mean divides by. */
public enum Denominator {
  /**
   * The sum of the weights of the kept rows: row weight times, for label losses, class weight of
   * the label.
   */
  WEIGHTS,
  /** The number of kept rows: not masked, not ignored, row weight not 0. */
  KEPT,
  /** The number of rows, kept or not. */
  ALL;

  /** The denominator of rows that hold this. */
  double of(double weights, long kept, long all) {
    return switch (this) {
      case WEIGHTS -> weights;
      case KEPT -> kept;
      case ALL -> all;
    };
  }
}
