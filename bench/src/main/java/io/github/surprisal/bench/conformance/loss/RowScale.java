package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import java.util.Map;

/**
 * In what the errors of a loss over rows are counted: the magnitude of the largest term that each
 * result is made of, by the oracle, or what its {@link Sensitivity} adds to that.
 *
 * @param losses of the row losses
 * @param loss of the reduced loss
 * @param gradient of the gradient, row after row
 * @param sum of the totals
 */
record RowScale(double[] losses, double loss, double[] gradient, Map<String, Number> sum) {

  /**
   * The scales of a case's results.
   *
   * @param sensitivity of the loss; null without a softmax
   * @param usual what a mean over labels divides by
   */
  static RowScale of(RowCase c, LossResult<?> result, Sensitivity sensitivity, String usual)
      throws CaseException {
    double[] losses = result.lossTerms(Precision.FLOAT64);
    double[] gradient = result.gradientTerms(Precision.FLOAT64);
    double nll = result.labelNll(Precision.FLOAT64);
    double divisor = c.divisor(result, usual);
    double total = 0;
    for (int row = 0; row < losses.length; row++) {
      if (sensitivity != null && c.isKept(row)) {
        var x = new RowExponents(c, row);
        double weight = c.weighing.weight(row);
        double factor = divisor == 0 ? 0 : weight * Math.abs(c.weighing.upstream(row)) / divisor;
        double steepness = sensitivity.steepness(c, row, x);
        losses[row] = losses[row] * steepness + weight * sensitivity.loss(c, row, x);
        nll += x.spread + 2 * x.rounding;
        for (int j = 0; j < c.layout.classes(); j++) {
          int at = row * c.layout.classes() + j;
          double error = x.slopes[j] * factor * sensitivity.gradient(c, row, x, j);
          double lost = x.lostSlope == 0 ? 0 : x.lostSlope * sensitivity.pull(c, row, x, j);
          error = Math.max(error, factor * lost);
          gradient[at] = Math.max(gradient[at] * steepness * x.steepness[j], error);
        }
      }
      total += losses[row];
    }
    double loss = divisor == 0 ? 0 : total / divisor;
    return new RowScale(losses, loss, gradient, sums(total, nll, result));
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
