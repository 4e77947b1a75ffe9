package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * The softmax and its relatives over rows x, with gradients by x given upstream gradients g.
 *
 * <p>A row with a NaN or +infinity, or with -infinity alone, is NaN in the softmax functions.
 * log-sum-exp takes the limits there, -infinity, +infinity and NaN, with gradient NaN. Elsewhere
 * -infinity has softmax 0, log-softmax -infinity, and no effect on a log-sum-exp.
 */
public enum RowFunction {
  /** p = softmax(x), [rows, classes]; gradient p_j (g_j - sum g p). */
  SOFTMAX,
  /** log softmax(x), [rows, classes]; gradient g_j - p_j sum g. */
  LOG_SOFTMAX,
  /** log sum exp(x), [rows]; gradient g p_j. */
  LOGSUMEXP,
  /**
   * y_j = log sum over i up to j of exp(x_i), [rows, classes]; gradient sum over i from j on of g_i
   * exp(x_j - y_i). Each y is as {@link #LOGSUMEXP} of the row so far, which is also where its NaN
   * goes.
   */
  LOGCUMSUMEXP;

  /**
   * Values and gradient, in 100 digits for a small input and double-double for a large.
   *
   * @param input x, [rows, classes]
   * @param upstream g, of the shape of the values; null for 1
   */
  public RowFunctionResult<?> evaluate(double[] input, int rows, int classes, double[] upstream) {
    return input.length <= 500
        ? evaluate(input, rows, classes, upstream, HundredDigits.of(1))
        : evaluate(input, rows, classes, upstream, DoubleDouble.of(1));
  }

  /** Evaluates in a given arithmetic. */
  <R extends Real<R>> RowFunctionResult<R> evaluate(
      double[] input, int rows, int classes, double[] upstream, R one) {
    Arguments.requireLength("input", input.length, Math.multiplyExact(rows, classes));
    int width = this == LOGSUMEXP ? 1 : classes;
    if (upstream != null) {
      Arguments.requireLength("upstream", upstream.length, Math.multiplyExact(rows, width));
    }
    RowFunctionResult<R> result = new RowFunctionResult<>();
    for (int i = 0; i < rows; i++) {
      List<R> x = new ArrayList<>();
      List<R> g = new ArrayList<>();
      for (int j = 0; j < classes; j++) {
        x.add(one.constant(input[i * classes + j]));
      }
      for (int j = 0; j < width; j++) {
        g.add(upstream == null ? one : one.constant(upstream[i * width + j]));
      }
      add(x, g, result);
    }
    return result;
  }

  private <R extends Real<R>> void add(List<R> x, List<R> g, RowFunctionResult<R> result) {
    SoftmaxRow<R> row = new SoftmaxRow<>(x);
    Terms<R> nan = Terms.of(x.get(0).constant(Double.NaN));
    List<Terms<R>> slopes = g.stream().map(Terms::of).toList();
    boolean ends = this == LOGSUMEXP || this == LOGCUMSUMEXP;
    if (!ends && !row.isDefined()) {
      result.add(row.perClass(j -> nan), row.perClass(j -> nan));
      return;
    }
    switch (this) {
      case SOFTMAX ->
          result.add(row.perClass(j -> Terms.of(row.probability(j))), row.backward(slopes));
      case LOG_SOFTMAX ->
          result.add(
              row.perClass(row::logProbability),
              row.gradient(slopes).stream().map(s -> s.times(-1)).toList());
      case LOGSUMEXP -> result.add(List.of(row.logSumExp()), spread(row, g.get(0)));
      case LOGCUMSUMEXP -> addPrefixes(x, g, result);
    }
  }

  /** g p. */
  private static <R extends Real<R>> List<Terms<R>> spread(SoftmaxRow<R> row, R g) {
    R nan = g.constant(Double.NaN);
    return row.perClass(j -> Terms.of(row.isDefined() ? row.probability(j).multiply(g) : nan));
  }

  private static <R extends Real<R>> void addPrefixes(
      List<R> x, List<R> g, RowFunctionResult<R> result) {
    List<Terms<R>> values = new ArrayList<>();
    List<Terms<R>> gradient = new ArrayList<>();
    for (int n = 1; n <= x.size(); n++) {
      SoftmaxRow<R> prefix = new SoftmaxRow<>(x.subList(0, n));
      values.add(prefix.logSumExp());
      gradient.add(Terms.of(x.get(0).constant(0)));
      List<Terms<R>> slopes = spread(prefix, g.get(n - 1));
      for (int j = 0; j < n; j++) {
        gradient.set(j, gradient.get(j).plus(slopes.get(j)));
      }
    }
    result.add(values, gradient);
  }
}
