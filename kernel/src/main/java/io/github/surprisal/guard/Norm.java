package io.github.surprisal.guard;

/** Which norm of a vector. */
public enum Norm {
  /** Sum of the magnitudes. */
  ONE,
  /** Root of the sum of the squares. */
  TWO,
  /** The largest magnitude: the norm of order infinity. */
  MAX
}
