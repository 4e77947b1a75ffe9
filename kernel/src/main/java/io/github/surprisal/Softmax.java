package io.github.surprisal;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.softmax.formula.LogitOptions;
import io.github.surprisal.softmax.formula.SoftmaxTerms;

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
  private final double temperature;
  private final LogitOptions options;
  private final SoftmaxTerms terms;

  private Softmax(double temperature) {
    this.temperature = temperature;
    options = new LogitOptions(temperature, Double.POSITIVE_INFINITY);
    terms = new SoftmaxTerms(options, 1);
  }

  /** Softmax of the logits as they are. */
  public static Softmax create() {
    return new Softmax(1);
  }

  /**
   * The same of the logits divided by {@code temperature}, of which the quotient is never rounded.
   *
   * @throws IllegalArgumentException unless {@code 2^-100 <= temperature <= 2^100}
   */
  public Softmax temperature(double temperature) {
    Options.requireTemperature("temperature", temperature);
    return new Softmax(temperature);
  }

  @Override
  Recipe recipe() {
    return Recipe.of(this, temperature);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofRows(Bounds.ofSum(4), Bounds.ofSum(4).times(2));
  }

  @Override
  void forward(Workspace workspace, RowBatch batch) {
    SoftmaxLoss.run(workspace, batch, terms);
  }

  @Override
  void backward(Workspace workspace, RowBatch batch) {
    if (batch.logits.arrayF32 != null) {
      workspace.softmaxF32().backward(batch, options.slope);
    } else {
      workspace.softmaxF64().backward(batch, options.slope);
    }
  }
}
