package io.github.surprisal.reference;

/**
 * A sum, and the scale of the errors that adding it up makes: the largest of its terms and partial
 * sums. Without terms of opposite sign that is the sum itself.
 *
 * @param <R> the arithmetic
 * @param sum the sum
 * @param largest the largest magnitude of a term or partial sum
 */
public record Terms<R extends Real<R>>(R sum, R largest) {

  static <R extends Real<R>> Terms<R> of(R x) {
    return new Terms<>(x, x.abs());
  }

  Terms<R> plus(Terms<R> y) {
    R total = sum.add(y.sum);
    return new Terms<>(total, total.abs().max(largest.max(y.largest)));
  }

  Terms<R> plus(R term) {
    return plus(of(term));
  }

  Terms<R> plus(double term) {
    return plus(sum.constant(term));
  }

  /** The product with an exact factor; 0 * infinity = 0 for a factor of 0. */
  Terms<R> times(R factor) {
    return new Terms<>(sum.weightedBy(factor), largest.weightedBy(factor.abs()));
  }

  Terms<R> times(double factor) {
    return times(sum.constant(factor));
  }

  /** The product of two sums, each with the error of its own terms. */
  Terms<R> times(Terms<R> y) {
    return new Terms<>(
        sum.multiply(y.sum), largest.multiply(y.sum.abs()).max(y.largest.multiply(sum.abs())));
  }
}
