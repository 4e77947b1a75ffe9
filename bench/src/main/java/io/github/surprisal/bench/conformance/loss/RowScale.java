package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.bench.conformance.protocol.CaseException;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import java.util.Map;

/**
 * In what the errors of a loss over rows are counted: the magnitude of the largest term that each
 * result is made of, by the oracle, or what {@link Errors} add to that.
 *
 * @param losses of the row losses
 * @param loss of the reduced loss
 * @param gradient of the gradient, row after row
 * @param sum of the totals
 * @param meanDivisor what the mean of the totals is divided by
 */
record RowScale(
    double[] losses, double loss, double[] gradient, Map<String, Number> sum, double meanDivisor) {

  /** What errors of the exponentials of a row make of the scales of its results. */
  interface Errors {
    /**
     * The scale of the loss.
     *
     * @param terms the oracle's
     * @param weight of the row, without its sign
     */
    double loss(double terms, double weight) throws CaseException;

    /**
     * The scale of the gradient by one logit.
     *
     * @param terms the oracle's
     * @param factor row weight times upstream factor, over the denominator, without its sign
     */
    double gradient(int j, double terms, double factor) throws CaseException;

    /** What is added to that of the label's negative log-likelihood. */
    double likelihood();
  }

  /** The errors of one row. */
  @FunctionalInterface
  interface RowErrors {
    Errors of(RowCase c, int row) throws CaseException;
  }

  /** The scales of a loss whose terms are all that counts. */
  static ClassificationLoss.Scales ofTerms(String usualDenominator) {
    return (c, result) -> of(c, result, null, usualDenominator);
  }

  /** The scales of a loss of a softmax. */
  static ClassificationLoss.Scales ofSoftmax(Sensitivity sensitivity, String usualDenominator) {
    RowErrors errors =
        (c, row) -> {
          var x = new RowExponents(c, row);
          return new SoftmaxErrors(c, row, x, sensitivity, sensitivity.steepness(c, row, x));
        };
    return (c, result) -> of(c, result, errors, usualDenominator);
  }

  /**
   * The scales of a case's results.
   *
   * @param errors of the rows, or null
   * @param usual what a mean over labels divides by
   */
  static RowScale of(RowCase c, LossResult<?> result, RowErrors errors, String usual)
      throws CaseException {
    double[] losses = result.lossTerms(Precision.FLOAT64);
    double[] gradient = result.gradientTerms(Precision.FLOAT64);
    double nll = Math.abs(result.labelNll(Precision.FLOAT64));
    double divisor = Math.abs(c.divisor(result, usual));
    double total = 0;
    for (int row = 0; row < losses.length; row++) {
      if (errors != null && c.isKept(row)) {
        Errors ofRow = errors.of(c, row);
        double weight = Math.abs(c.weighing.weight(row));
        double factor = divisor == 0 ? 0 : weight * Math.abs(c.weighing.upstream(row)) / divisor;
        losses[row] = ofRow.loss(losses[row], weight);
        nll += ofRow.likelihood();
        for (int j = 0; j < c.layout.classes(); j++) {
          int at = row * c.layout.classes() + j;
          gradient[at] = ofRow.gradient(j, gradient[at], factor);
        }
      }
      total += losses[row];
    }
    double loss = divisor == 0 ? 0 : total / divisor;
    double meanDivisor = c.meanDivisor(result, usual);
    var sums = sums(Totals.scale(total, result, meanDivisor), nll, result);
    return new RowScale(losses, loss, gradient, sums, meanDivisor);
  }

  private static Map<String, Number> sums(
      Map<String, Number> sums, double nll, LossResult<?> result) {
    if (!Double.isNaN(nll)) {
      // e^x takes the error of x as a relative one.
      double power = result.rowsKept() == 0 ? 0 : nll / result.rowsKept();
      sums.put("negative_log_likelihood", nll);
      sums.put("perplexity", result.perplexity(Precision.FLOAT64) * Math.max(1, power));
    }
    return sums;
  }

  /** What a loss makes of the errors of its softmax. */
  private record SoftmaxErrors(
      RowCase c, int row, RowExponents x, Sensitivity sensitivity, double steepness)
      implements Errors {
    @Override
    public double loss(double terms, double weight) throws CaseException {
      return terms * steepness + weight * sensitivity.loss(c, row, x);
    }

    @Override
    public double gradient(int j, double terms, double factor) throws CaseException {
      double error = x.slopes[j] * factor * sensitivity.gradient(c, row, x, j);
      double lost = x.lostSlope == 0 ? 0 : x.lostSlope * sensitivity.pull(c, row, x, j);
      error = Math.max(error, factor * lost);
      return Math.max(terms * steepness * x.steepness[j], error);
    }

    @Override
    public double likelihood() {
      return x.spread + 2 * x.rounding;
    }
  }
}
