package io.github.surprisal.reference;

/** Norms of the elements of many arrays, by their definition. */
public enum VectorNorm {
  /** Sum of the magnitudes. */
  ONE,
  /** Root of the sum of the squares. */
  TWO,
  /** The largest magnitude. */
  INFINITY;

  /** The norm, in the precision of {@code zero}; elements are finite. */
  public <R extends Real<R>> R of(R zero, double[]... arrays) {
    R norm = zero.constant(0);
    for (double[] array : arrays) {
      for (double element : array) {
        R x = zero.constant(element).abs();
        norm =
            switch (this) {
              case ONE -> norm.add(x);
              case TWO -> norm.add(x.multiply(x));
              case INFINITY -> norm.max(x);
            };
      }
    }
    return this == TWO && !norm.isZero() ? norm.sqrt() : norm;
  }
}
