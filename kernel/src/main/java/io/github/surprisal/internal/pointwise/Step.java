package io.github.surprisal.internal.pointwise;

/** What a loop computes of a formula. */
enum Step {
  FIRST,
  SECOND,
  THIRD,
  VALUE,
  SLOPE,
  CURVATURE,
  VALUE_OF_INTERMEDIATES,
  SLOPE_OF_INTERMEDIATES,
  CURVATURE_OF_INTERMEDIATES,
  PARAMETER_SLOPE;

  /** This step of a formula that has intermediates. */
  Step ofIntermediates() {
    return switch (this) {
      case VALUE -> VALUE_OF_INTERMEDIATES;
      case SLOPE -> SLOPE_OF_INTERMEDIATES;
      case CURVATURE -> CURVATURE_OF_INTERMEDIATES;
      default -> this;
    };
  }
}
