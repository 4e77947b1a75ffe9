package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.call.Options;
import io.github.surprisal.internal.softmax.formula.PolyTerms;
import io.github.surprisal.internal.softmax.formula.RowTerms;

/**
 * Poly-1 cross-entropy: cross-entropy with another first coefficient of its series in 1 - p.
 *
 * <p>Predictions are logits, before any softmax, targets are labels, one class from 0 on for each
 * row.
 *
 * <p>For labels y and class weights w, with p the softmax of the logits z of {@link SoftmaxLoss}:
 *
 * <pre>
 *   loss       = w_y (-log p_y + e (1 - p_y))
 *   gradient_j = w_y (1 + e p_y) (p_j - [j = y])
 * </pre>
 *
 * times row weight, reduction and upstream. {@link Reduction#MEAN} divides by the sum of the
 * weights.
 *
 * <p>Special cases, besides those of {@link SoftmaxLoss}:
 *
 * <ul>
 *   <li>a label on an impossible class gives loss +infinity and a finite gradient.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 4 + n/16, gradient 4 + n/16, as
 * {@link CrossEntropy}; the terms cancel for e below -1.
 *
 * @see <a href="https://arxiv.org/abs/2204.12511">Leng et al. 2022, section 4</a>
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class PolyLoss extends SoftmaxLoss {
  private final RowTerms terms;

  private PolyLoss(Builder builder) {
    super(builder);
    terms = new PolyTerms(builder.logitOptions(), builder.epsilon);
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
    private double epsilon = 1;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * The coefficient e; default 1. 0 is cross-entropy.
     *
     * @throws IllegalArgumentException unless it is finite
     */
    public Builder epsilon(double epsilon) {
      Options.require(Double.isFinite(epsilon), "epsilon", epsilon, "a finite number");
      this.epsilon = epsilon;
      return this;
    }

    @Override
    public PolyLoss build() {
      return new PolyLoss(this);
    }
  }
}
