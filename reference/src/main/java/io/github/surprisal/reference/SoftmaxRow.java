package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * Softmax and log-softmax of one row of logits, without a subtraction that could cancel.
 *
 * <pre>
 * m = x_k = max x,  k the first argmax,  rest = sum over j != k of exp(x_j - m)
 * p_j = exp(x_j - m) / (1 + rest),  p_k - 1 = -rest / (1 + rest)
 * -log p_j = (m - x_j) + log1p(rest)
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
}
