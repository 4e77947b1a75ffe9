package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * Which items of a batch count, rows or elements, with which weight, over which denominator. The
 * only place that knows.
 *
 * <pre>
 * loss = sum over kept items of r loss_i / D,   gradient_i = (r upstream / D) slope_i
 * </pre>
 *
 * <p>with r the weight of the item and D = 1 but for MEAN.
 *
 * @param <R> the arithmetic
 */
final class Weighing<R extends Real<R>> {

  /** The items of a batch. */
  interface Items {

    int size();

    /** Whether the item contributes; an ignored item is not read at all. */
    boolean isKept(int item);

    double weight(int item);

    double upstream(int item);

    /** What a kept item adds to the sum of weights, given its weight. */
    default <R extends Real<R>> R share(int item, R weight) {
      return weight;
    }
  }

  /** Up to so many inputs, 100 digits take a fraction of a second. */
  private static final int MAX_HUNDRED_DIGITS = 500;

  private final Items items;
  private final R zero;
  private final int kept;
  private final R sumOfWeights;
  private final R divisor;

  Weighing(Items items, Reduction reduction, Denominator denominator, R one) {
    this.items = items;
    this.zero = one.constant(0);
    this.kept = kept(items);
    this.sumOfWeights = addWeights();
    this.divisor = reduction == Reduction.MEAN ? divisor(denominator) : one;
  }

  /** Whether a batch with so many inputs per item is small enough for 100 digits. */
  static boolean suitsHundredDigits(Items items, int inputs) {
    return (long) kept(items) * inputs <= MAX_HUNDRED_DIGITS;
  }

  private static int kept(Items items) {
    int kept = 0;
    for (int i = 0; i < items.size(); i++) {
      kept += items.isKept(i) ? 1 : 0;
    }
    return kept;
  }

  private R addWeights() {
    List<R> shares = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.isKept(i)) {
        shares.add(items.share(i, weight(i)));
      }
    }
    return PairwiseSum.of(shares, zero);
  }

  private R divisor(Denominator denominator) {
    return switch (denominator) {
      case Denominator.Rule.WEIGHTS -> sumOfWeights;
      case Denominator.Rule.KEPT -> zero.constant(kept);
      case Denominator.Rule.ALL -> zero.constant(items.size());
      case Denominator.Given given -> zero.constant(given.value() + 0.0);
    };
  }

  private R weight(int item) {
    return items.isKept(item) ? zero.constant(items.weight(item)) : zero;
  }

  int kept() {
    return kept;
  }

  R sumOfWeights() {
    return sumOfWeights;
  }

  /** x times the weight of the item. */
  R weigh(int item, R x) {
    return x.weightedBy(weight(item));
  }

  /** A weighed sum with the scale of its errors. */
  Terms<R> weigh(int item, Terms<R> x) {
    return new Terms<>(weigh(item, x.sum()), weigh(item, x.largest()).abs());
  }

  /** The slope of an item with the scale of its errors, as they enter the gradient. */
  Terms<R> scale(int item, Terms<R> slope) {
    return new Terms<>(scale(item, slope.sum()), scale(item, slope.largest()).abs());
  }

  /** The slope of an item as it enters the gradient: 0 where it is ignored. */
  R scale(int item, R slope) {
    if (!items.isKept(item)) {
      return zero;
    }
    R factor = weigh(item, zero.constant(items.upstream(item)));
    // Over 0 as written: a slope is infinite or NaN, whatever its factor.
    return divisor.isZero()
        ? slope.weightedBy(factor).divide(divisor)
        : slope.weightedBy(factor.divide(divisor));
  }

  /** The sum over D; 0 over nothing. */
  R reduce(List<R> losses) {
    return kept == 0 ? zero : PairwiseSum.of(losses, zero).divide(divisor);
  }
}
