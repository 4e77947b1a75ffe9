package io.github.surprisal.reference;

/**
 * What {@link Reduction#MEAN} divides by. A mean over no item is 0; over items whose denominator is
 * 0 it divides as written, and is infinite or NaN.
 */
public sealed interface Denominator permits Denominator.Rule, Denominator.Given {

  /** The sum over the kept rows of row weight times class weight of the label, if it has one. */
  Denominator WEIGHTS = Rule.WEIGHTS;

  /** The number of rows kept. */
  Denominator KEPT = Rule.KEPT;

  /** The number of rows, ignored ones included. */
  Denominator ALL = Rule.ALL;

  /** The given number. */
  static Denominator given(double value) {
    return new Given(value);
  }

  /** A denominator that follows from the batch. */
  enum Rule implements Denominator {
    /** {@link Denominator#WEIGHTS}. */
    WEIGHTS,
    /** {@link Denominator#KEPT}. */
    KEPT,
    /** {@link Denominator#ALL}. */
    ALL
  }

  /**
   * A denominator that the caller knows.
   *
   * @param value at least 0, finite
   */
  record Given(double value) implements Denominator {
    /** Checks the value. */
    public Given {
      if (!(value >= 0 && value <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException("denominator = " + value + ", expected 0 <= finite");
      }
    }
  }
}
