package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.internal.call.Recipe;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.reduction.Rows;
import io.github.surprisal.internal.softmax.formula.LogSoftmaxTerms;
import io.github.surprisal.internal.softmax.formula.LogitOptions;
import io.github.surprisal.internal.softmax.formula.SoftmaxTerms;

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
  private final SoftmaxTerms terms;
  private final LogSoftmaxTerms backwardTerms;

  private LogSoftmax(Builder builder) {
    super(Recipe.of(builder));
    double temperature = builder.temperature;
    var options = new LogitOptions(temperature, Double.POSITIVE_INFINITY);
    terms = new SoftmaxTerms(options, 1);
    backwardTerms = new LogSoftmaxTerms(options);
  }

  /** Options, each with its default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Options of the function. */
  public static final class Builder extends TemperatureBuilder<Builder, LogSoftmax> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public LogSoftmax build() {
      return new LogSoftmax(this);
    }
  }

  @Override
  Rows output(RowBatch batch) {
    return batch.logProbabilities;
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofRows(Bounds.ofSum(4), Bounds.ofSum(4));
  }

  @Override
  void forward(RowScratch scratch, RowBatch batch) {
    SoftmaxLoss.run(scratch, batch, terms);
  }

  @Override
  void backward(RowScratch scratch, RowBatch batch) {
    SoftmaxLoss.run(scratch, batch, backwardTerms);
  }
}
