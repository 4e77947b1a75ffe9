package io.github.surprisal.reference;

import java.util.List;

/** Sums by halves, so that a sum of n terms carries log n rounding errors instead of n. */
final class PairwiseSum {

  private PairwiseSum() {}

  /** The sum; {@code zero} if there are no terms. */
  static <R extends Real<R>> R of(List<R> terms, R zero) {
    int n = terms.size();
    return switch (n) {
      case 0 -> zero;
      case 1 -> terms.get(0);
      default -> of(terms.subList(0, n / 2), zero).add(of(terms.subList(n / 2, n), zero));
    };
  }

  /** The sum of all terms but the one at {@code index}. */
  static <R extends Real<R>> R except(List<R> terms, int index) {
    R zero = terms.get(index).constant(0);
    R before = of(terms.subList(0, index), zero);
    return before.add(of(terms.subList(index + 1, terms.size()), zero));
  }
}
