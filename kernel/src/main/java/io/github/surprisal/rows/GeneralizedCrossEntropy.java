package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.call.Options;
import io.github.surprisal.internal.softmax.formula.GeneralizedTerms;
import io.github.surprisal.internal.softmax.formula.RowTerms;

/**
 * Generalized cross-entropy, for noisy labels: between cross-entropy (q to 0) and the mean absolute
 * error of the label (q = 1).
 *
 * <p>Predictions are logits, before any softmax, targets are labels, one class from 0 on for each
 * row.
 *
 * <p>For labels y and class weights w, with p the softmax of the logits z of {@link SoftmaxLoss}:
 *
 * <pre>
 *   loss       = w_y (1 - p_y^q) / q
 *   gradient_j = w_y p_y^q (p_j - [j = y])
 * </pre>
 *
 * times row weight, reduction and upstream. {@link Reduction#MEAN} divides by the sum of the
 * weights.
 *
 * <p>Special cases, besides those of {@link SoftmaxLoss}:
 *
 * <ul>
 *   <li>a label on an impossible class gives loss 1 / q and gradient 0.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 4 + n/16, gradient 4 + n/16, as
 * {@link CrossEntropy}; in float64, 2 q |log p_y| ulp more.
 *
 * @see <a href="https://arxiv.org/abs/1805.07836">Zhang and Sabuncu 2018, section 3.3</a>
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class GeneralizedCrossEntropy extends SoftmaxLoss {
  private final RowTerms terms;

  private GeneralizedCrossEntropy(Builder builder) {
    super(builder);
    terms = new GeneralizedTerms(builder.logitOptions(), builder.q);
  }

  /** Options, each with its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  RowTerms terms() {
    return terms;
  }

  @Override
  void check(Batch batch) {
    requireLabels(batch);
  }

  /** Options of the loss. */
  public static final class Builder extends SoftmaxLoss.Builder<Builder> {
    private double q = 0.7;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * The exponent q; default 0.7, that of the paper (Keras: 0.5).
     *
     * @throws IllegalArgumentException unless {@code 0 < q <= 1}
     */
    public Builder q(double q) {
      Options.require(q > 0 && q <= 1, "q", q, "0 < %s <= 1");
      this.q = q;
      return this;
    }

    @Override
    public GeneralizedCrossEntropy build() {
      return new GeneralizedCrossEntropy(this);
    }
  }
}
