package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import java.util.Map;

/**
 * In what the errors of a loss over rows are counted: the magnitude of the largest term that each
 * result is made of, by the oracle.
 */
enum Sensitivity {
  /** The terms of the formula. */
  PLAIN,

  /**
   * A softmax. The rounding of x_j - m, m = max x, is a relative error of exp(x_j - m), so (m -
   * x_j) exp(x_j - m) is a term too; and what lies below the smallest normal number may be lost.
   * With p the softmax over C classes and A the mass of the targets:
   *
   * <pre>
   *   gradient_j: max(terms of the formula, A p_j (m - x_j), A floor)
   *   loss:       loss + A (sum of p_j (m - x_j) + C floor),   floor = MIN_NORMAL / eps
   * </pre>
   */
  SOFTMAX;

  /**
   * Scales of the results of a case.
   *
   * @param losses of the row losses
   * @param loss of the reduced loss
   * @param gradient of the gradient, row after row
   * @param sum of the totals
   * @param longestSum how many numbers the longest sum within a row has, 0 without sums
   */
  record Scale(
      double[] losses, double loss, double[] gradient, Map<String, Number> sum, int longestSum) {}

  Scale of(RowCase c, LossResult<?> result) throws CaseException {
    double[] losses = result.losses(Precision.FLOAT64);
    double[] gradient = result.gradientTerms(Precision.FLOAT64);
    double nll = result.labelNll(Precision.FLOAT64);
    double divisor = c.divisor(result);
    double total = 0;
    for (int row = 0; row < losses.length; row++) {
      if (this == SOFTMAX && c.isKept(row)) {
        double mass = c.targetMass(row) * c.weighing.weight(row);
        double factor = divisor == 0 ? 0 : mass * Math.abs(c.weighing.upstream(row)) / divisor;
        double spread = addExponents(c, row, factor, gradient);
        losses[row] += mass * spread;
        nll += spread;
      }
      total += losses[row];
    }
    var sum = sums(total, nll, result);
    int longestSum = this == SOFTMAX ? c.layout.classes() : 0;
    return new Scale(losses, divisor == 0 ? 0 : total / divisor, gradient, sum, longestSum);
  }

  /** Raises the row's gradient scales; returns that of log-sum-exp. */
  private static double addExponents(RowCase c, int row, double factor, double[] gradient) {
    int from = row * c.layout.classes();
    int to = from + c.layout.classes();
    double max = Double.NEGATIVE_INFINITY;
    for (int j = from; j < to; j++) {
      max = Math.max(max, c.scores[j]);
    }
    double total = 0;
    for (int j = from; j < to; j++) {
      total += Math.exp(c.scores[j] - max);
    }
    double floor = c.source.dtype().smallestNormalOverEpsilon();
    double spread = floor * c.layout.classes();
    for (int j = from; j < to; j++) {
      double p = Math.exp(c.scores[j] - max) / total;
      double term = p == 0 ? 0 : p * (max - c.scores[j]);
      gradient[j] = Math.max(gradient[j], factor * Math.max(term, floor));
      spread += term;
    }
    return spread;
  }

  private static Map<String, Number> sums(double total, double nll, LossResult<?> result) {
    Map<String, Number> sums = Totals.scale(total, result);
    if (!Double.isNaN(nll)) {
      // e^x takes the error of x as a relative one.
      double power = result.rowsKept() == 0 ? 0 : nll / result.rowsKept();
      sums.put("negative_log_likelihood", nll);
      sums.put("perplexity", result.perplexity(Precision.FLOAT64) * Math.max(1, power));
    }
    return sums;
  }
}
