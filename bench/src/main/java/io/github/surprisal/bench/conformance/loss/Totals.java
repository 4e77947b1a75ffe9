package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.LossSum;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.reference.Real;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers of a loss sum, by the names that results give them. */
final class Totals {
  private Totals() {}

  /**
   * The kernel's.
   *
   * @param labelled whether there were labels
   */
  static Map<String, Number> of(LossSum sum, boolean labelled) {
    Map<String, Number> totals = new LinkedHashMap<>();
    totals.put("sum", sum.sum());
    totals.put("weight", sum.weight());
    totals.put("mean", sum.mean());
    totals.put("rows_kept", sum.rowsKept());
    totals.put("rows_seen", sum.rowsSeen());
    if (labelled) {
      totals.put("negative_log_likelihood", sum.negativeLogLikelihood());
      totals.put("perplexity", sum.perplexity());
    }
    return totals;
  }

  /**
   * The oracle's.
   *
   * @param seen number of rows or elements
   * @param labelled whether there were labels
   * @param divisor what the mean divides by
   */
  static <R extends Real<R>> Map<String, Number> of(
      LossResult<R> result, int seen, boolean labelled, double divisor) {
    R exact = result.exactLoss().constant(0);
    for (int item = 0; item < seen; item++) {
      exact = exact.add(result.exactLoss(item));
    }
    double sum = Precision.FLOAT64.round(exact);
    double weight = result.sumOfWeights(Precision.FLOAT64);
    Map<String, Number> totals = new LinkedHashMap<>(sums(sum, weight, mean(sum, result, divisor)));
    totals.put("rows_kept", (long) result.rowsKept());
    totals.put("rows_seen", (long) seen);
    if (labelled) {
      totals.put("negative_log_likelihood", result.labelNll(Precision.FLOAT64));
      // The mean over nothing is 0, here as in every mean.
      boolean nothing = result.rowsKept() == 0;
      totals.put("perplexity", nothing ? 1.0 : result.perplexity(Precision.FLOAT64));
    }
    return totals;
  }

  /** The scales of sum, weight and mean, where the terms of the losses add up to {@code sum}. */
  static Map<String, Number> scale(double sum, LossResult<?> result, double divisor) {
    double weight = Math.abs(result.sumOfWeights(Precision.FLOAT64));
    return sums(sum, weight, divisor == 0 ? 0 : mean(sum, result, Math.abs(divisor)));
  }

  private static double mean(double sum, LossResult<?> result, double divisor) {
    return result.rowsKept() == 0 ? 0 : sum / divisor;
  }

  private static Map<String, Number> sums(double sum, double weight, double mean) {
    Map<String, Number> sums = new LinkedHashMap<>();
    sums.put("sum", sum);
    sums.put("weight", weight);
    sums.put("mean", mean);
    return sums;
  }
}
