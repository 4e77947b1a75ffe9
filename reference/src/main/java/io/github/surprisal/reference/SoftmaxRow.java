package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Softmax and log-softmax of one row of logits, without a subtraction that could cancel.
 *
 * <pre>
 * m = x_k = max x,  k the first argmax,  rest = sum over j != k of exp(x_j - m)
 * p_j = exp(x_j - m) / (1 + rest),  p_k - 1 = -rest / (1 + rest)
 * -log p_j = (m - x_j) + log1p(rest)
 * logsumexp = m + log1p(rest)
 * entropy = log1p(rest) - mean,  mean = sum p_j (x_j - m)
 * </pre>
 *
 * <p>A logit of -infinity is an impossible class: p = 0, -log p = infinity. A row with a NaN or
 * +infinity, or with -infinity alone, is undefined.
 */
final class SoftmaxRow<R extends Real<R>> {

  private final List<R> logits;
  private final List<R> exps = new ArrayList<>();
  private final int argmax;
  private final R rest;
  private final R argmaxProbability;
  private final R logTotal;
  private final R mean;

  SoftmaxRow(List<R> logits) {
    this.logits = logits;
    this.argmax = firstArgmax(logits);
    R max = logits.get(argmax);
    for (int j = 0; j < logits.size() && isDefined(); j++) {
      exps.add(logits.get(j).subtract(max).exp());
    }
    this.rest = isDefined() ? PairwiseSum.except(exps, argmax) : max.constant(Double.NaN);
    R one = max.constant(1);
    this.argmaxProbability = one.divide(one.add(rest));
    this.logTotal = rest.log1p();
    List<R> means = new ArrayList<>();
    for (int j = 0; j < exps.size(); j++) {
      means.add(logits.get(j).subtract(max).weightedBy(probability(j)));
    }
    this.mean = PairwiseSum.of(means, max.constant(0));
  }

  /** The first NaN if there is one, else the first of the largest. */
  private static <R extends Real<R>> int firstArgmax(List<R> logits) {
    int argmax = 0;
    for (int j = 0; j < logits.size(); j++) {
      if (logits.get(j).isNaN()) {
        return j;
      }
      argmax = logits.get(j).isGreaterThan(logits.get(argmax)) ? j : argmax;
    }
    return argmax;
  }

  /** One number for every class. */
  <T> List<T> perClass(IntFunction<T> number) {
    return IntStream.range(0, logits.size()).mapToObj(number).toList();
  }

  /** Whether the row has probabilities at all. */
  boolean isDefined() {
    return isFinite(logits.get(argmax));
  }

  /** Whether such a row has. */
  static <R extends Real<R>> boolean isDefined(List<R> logits) {
    return isFinite(logits.get(firstArgmax(logits)));
  }

  private static <R extends Real<R>> boolean isFinite(R max) {
    return !max.isNaN() && !max.isInfinite();
  }

  /** p_j. */
  R probability(int j) {
    return exps.get(j).multiply(argmaxProbability);
  }

  /** -log p_j. */
  R nll(int j) {
    return logits.get(argmax).subtract(logits.get(j)).add(logTotal);
  }

  /** The first k with x_k = max x. */
  int argmax() {
    return argmax;
  }

  /** 1 - p_k of the argmax k, which keeps its digits where p_k is next to 1. */
  R argmaxComplement() {
    return rest.multiply(argmaxProbability);
  }

  /** 1 - p_j. */
  R complement(int j) {
    return j == argmax ? argmaxComplement() : rest.constant(1).subtract(probability(j));
  }

  /** log p_j. */
  Terms<R> logProbability(int j) {
    return Terms.of(nll(j).negate());
  }

  /** log sum exp(x); its limit in a row without probabilities. */
  Terms<R> logSumExp() {
    Terms<R> max = Terms.of(logits.get(argmax));
    return isDefined() ? max.plus(logTotal) : max;
  }

  /** - sum p log p. */
  Terms<R> entropy() {
    return Terms.of(logTotal.subtract(mean));
  }

  /** x_j - sum p x = log p_j + entropy; -infinity of an impossible class. */
  Terms<R> deviation(int j) {
    return Terms.of(logits.get(j).subtract(logits.get(argmax))).plus(mean.negate());
  }

  /**
   * a p_j - s_j, the gradient of sum s_j (-log p_j) with a = sum of all s. At the argmax k it is
   *
   * <pre>
   * a p_k - s_k = (sum of s_i, i != k) - a (1 - p_k)
   * </pre>
   */
  List<Terms<R>> gradient(List<Terms<R>> masses) {
    List<R> sums = masses.stream().map(Terms::sum).toList();
    R others = PairwiseSum.except(sums, argmax);
    return gradient(masses, others.add(sums.get(argmax)), others);
  }

  /** A row where the sum of all masses and of all but the argmax's is known. */
  List<Terms<R>> gradient(List<Terms<R>> masses, R a, R others) {
    R largest = PairwiseSum.of(masses.stream().map(Terms::largest).toList(), a.constant(0));
    return perClass(j -> {
      Terms<R> s = masses.get(j);
      R slope =
          j == argmax
              ? others.subtract(a.multiply(argmaxComplement()))
              : a.multiply(probability(j)).subtract(s.sum());
      R terms = largest.multiply(probability(j)).max(s.largest());
      return new Terms<>(slope, terms.max(slope.abs()));
    });
  }

  /**
   * What slopes g by the probabilities are by the logits, with k the argmax.
   *
   * <pre>
   * p_j (g_j - sum p g) = p_j (h_j - sum of p_i h_i, i != k),  h_i = g_i - g_k
   * </pre>
   */
  List<Terms<R>> backward(List<Terms<R>> slopes) {
    List<R> h = perClass(j -> slopes.get(j).sum().subtract(slopes.get(argmax).sum()));
    R zero = rest.constant(0);
    R mean = PairwiseSum.of(perClass(j -> h.get(j).multiply(probability(j))), zero);
    R largest =
        perClass(j -> slopes.get(j).largest().multiply(probability(j))).stream()
            .reduce(zero, Real::max);
    return perClass(j -> {
      R slope = h.get(j).subtract(mean).multiply(probability(j));
      R terms = slopes.get(j).largest().max(largest).multiply(probability(j));
      return new Terms<>(slope, terms.max(slope.abs()));
    });
  }
}
