package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.internal.call.Recipe;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.LogitOptions;
import io.github.surprisal.internal.softmax.formula.SoftmaxTerms;

/**
 * Softmax of rows of logits.
 *
 * <pre>
 *   p_j        = exp(x_j / T) / sum of exp(x_i / T)
 *   gradient_j = p_j (u_j - sum of p_i u_i) / T
 * </pre>
 *
 * with temperature T and upstream gradient u. {@code backward} takes the probabilities that {@code
 * forward} gave, and no exponential.
 *
 * <p>Special cases, besides those of {@link RowFunction}, per row:
 *
 * <ul>
 *   <li>a logit of -infinity has probability 0 and gradient 0;
 *   <li>a row of -infinity only, or with a logit of +infinity, or with NaN, is NaN;
 *   <li>finite logits up to MAX_VALUE / 4 give finite probabilities.
 * </ul>
 *
 * <p>Accuracy, with n the lesser of the number of classes and 2048: each probability is within 4 +
 * n/16 ulp, at any distance from the maximum and any temperature, or within MIN_NORMAL; each
 * gradient element, from probabilities that {@code forward} gave, within 8 + n/8 ulp of the largest
 * of {@code p_j u_j} and {@code p_j |u_i| p_i}.
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class Softmax extends RowFunction {
  private final LogitOptions options;
  private final SoftmaxTerms terms;

  private Softmax(Builder builder) {
    super(Recipe.of(builder));
    double temperature = builder.temperature;
    options = new LogitOptions(temperature, Double.POSITIVE_INFINITY);
    terms = new SoftmaxTerms(options, 1);
  }

  /** Options, each with its default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Options of the function. */
  public static final class Builder extends TemperatureBuilder<Builder, Softmax> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Softmax build() {
      return new Softmax(this);
    }
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofRows(Bounds.ofSum(4), Bounds.ofSum(4).times(2));
  }

  @Override
  void forward(RowScratch scratch, RowBatch batch) {
    SoftmaxLoss.run(scratch, batch, terms);
  }

  @Override
  void backward(RowScratch scratch, RowBatch batch) {
    if (batch.logits.arrayF32 != null) {
      scratch.softmaxF32().backward(batch, options.slope);
    } else {
      scratch.softmaxF64().backward(batch, options.slope);
    }
  }
}
