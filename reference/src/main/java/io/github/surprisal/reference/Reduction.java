package io.github.surprisal.reference;

/** How the losses of the rows become one number. */
public enum Reduction {
  /** They do not: one loss, and one upstream gradient, per row. */
  NONE,
  /** Their sum. */
  SUM,
  /** Their sum over a {@link Denominator}. */
  MEAN
}
