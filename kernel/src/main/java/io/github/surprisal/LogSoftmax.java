package io.github.surprisal;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.Rows;
import io.github.surprisal.softmax.formula.LogSoftmaxTerms;
import io.github.surprisal.softmax.formula.LogitOptions;
import io.github.surprisal.softmax.formula.SoftmaxTerms;

/**
 * Logarithms of the softmax of rows of logits.
 *
 * <pre>
 *   l_j        = x_j / T - log sum of exp(x_i / T)
 *   gradient_j = (u_j - p_j sum of u_i) / T,  p = exp(l)
 * </pre>
 *
 * with temperature T and upstream gradient u. {@code backward} takes the logits, and exponentials
 * of them. Without a temperature it may take the log-probabilities instead, of which the softmax is
 * the same, but for their rounding: {@code |l_j| / 2} ulp of p_j.
 *
 * <p>Special cases, besides those of {@link RowFunction}, per row:
 *
 * <ul>
 *   <li>a logit of -infinity has log-probability -infinity and gradient {@code u_j / T};
 *   <li>a row of -infinity only, or with a logit of +infinity, or with NaN, is NaN;
 *   <li>finite logits up to MAX_VALUE / 4 give finite log-probabilities, unless those overflow.
 * </ul>
 *
 * <p>Accuracy, with n the lesser of the number of classes and 2048: each log-probability is within
 * 4 + n/16 ulp, however near 0, since it is formed as {@code (x_j - max) / T - log1p(rest)}, two
 * terms of one sign; or within MIN_NORMAL. Each gradient element is within 4 + n/16 ulp of the
 * larger of {@code u_j} and p_j times the sum of all |u_i|.
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class LogSoftmax extends RowFunction {
  private final double temperature;
  private final SoftmaxTerms terms;
  private final LogSoftmaxTerms backwardTerms;

  private LogSoftmax(double temperature) {
    this.temperature = temperature;
    var options = new LogitOptions(temperature, Double.POSITIVE_INFINITY);
    terms = new SoftmaxTerms(options, 1);
    backwardTerms = new LogSoftmaxTerms(options);
  }

  /** Log-softmax of the logits as they are. */
  public static LogSoftmax create() {
    return new LogSoftmax(1);
  }

  /**
   * The same of the logits divided by {@code temperature}.
   *
   * @throws IllegalArgumentException unless {@code 2^-100 <= temperature <= 2^100}
   */
  public LogSoftmax temperature(double temperature) {
    Options.requireTemperature("temperature", temperature);
    return new LogSoftmax(temperature);
  }

  @Override
  Rows output(RowBatch batch) {
    return batch.logProbabilities;
  }

  @Override
  Recipe recipe() {
    return Recipe.of(this, temperature);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofRows(Bounds.ofSum(4), Bounds.ofSum(4));
  }

  @Override
  void forward(Workspace workspace, RowBatch batch) {
    SoftmaxLoss.run(workspace, batch, terms);
  }

  @Override
  void backward(Workspace workspace, RowBatch batch) {
    SoftmaxLoss.run(workspace, batch, backwardTerms);
  }
}
