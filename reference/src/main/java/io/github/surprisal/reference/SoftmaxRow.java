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
    R max = logits.get(argmax);
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

  /** log sum exp(x). */
  Terms<R> logSumExp() {
    return Terms.of(logits.get(argmax)).plus(logTotal);
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
    R a = others.add(sums.get(argmax));
    R largest = PairwiseSum.of(masses.stream().map(Terms::largest).toList(), a.constant(0));
    List<Terms<R>> gradient = new ArrayList<>();
    for (int j = 0; j < masses.size(); j++) {
      R slope =
          j == argmax
              ? others.subtract(a.multiply(argmaxComplement()))
              : a.multiply(probability(j)).subtract(sums.get(j));
      gradient.add(
          new Terms<>(slope, largest.multiply(probability(j)).max(masses.get(j).largest())));
    }
    return gradient;
  }
}
