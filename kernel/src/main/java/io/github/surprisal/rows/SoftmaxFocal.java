package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.Denominator;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.call.Options;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.FocalTerms;
import io.github.surprisal.internal.softmax.formula.RowTerms;

/**
 * Focal loss of the softmax: cross-entropy that looks away from what is already right.
 *
 * <p>Predictions are logits, before any softmax, targets are labels, one class from 0 on for each
 * row.
 *
 * <p>For labels y and class weights w, with p the softmax of the logits z of {@link SoftmaxLoss}:
 *
 * <pre>
 *   loss       = w_y (1 - p_y)^g (-log p_y)
 *   gradient_j = w_y f (p_j - [j = y]),  f = (1 - p_y)^g - g p_y (1 - p_y)^(g - 1) log p_y
 * </pre>
 *
 * times row weight, reduction and upstream. {@link Reduction#MEAN} divides by the number of kept
 * rows. The weights w are what the paper calls alpha.
 *
 * <p>Special cases, besides those of {@link SoftmaxLoss}:
 *
 * <ul>
 *   <li>a label on an impossible class gives loss +infinity and a finite gradient;
 *   <li>no exponent makes p_y = 1 NaN: -log p_y / (1 - p_y) tends to 1.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 12 + 3n/16, gradient 12 + 3n/16
 * for g = 2; 1 + g times that of {@link CrossEntropy}.
 *
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al. 2017, section 3</a>
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class SoftmaxFocal extends SoftmaxLoss {
  private final RowTerms terms;
  private final double gamma;

  private SoftmaxFocal(Builder builder) {
    super(builder);
    gamma = builder.gamma;
    terms = new FocalTerms(builder.logitOptions(), builder.gamma);
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
  public Bounds bounds() {
    return Bounds.ofRows(bound().times(1 + gamma), bound().times(1 + gamma));
  }

  @Override
  void check(Batch batch) {
    requireLabels(batch);
  }

  @Override
  Denominator usualDenominator(RowBatch batch) {
    return Denominator.KEPT;
  }

  /** Options of the loss. */
  public static final class Builder extends SoftmaxLoss.Builder<Builder> {
    private double gamma = 2;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * The exponent g; default 2. 0 is cross-entropy.
     *
     * @throws IllegalArgumentException unless it is finite and at least 0
     */
    public Builder gamma(double gamma) {
      Options.requireNonNegative("gamma", gamma);
      this.gamma = gamma;
      return this;
    }

    @Override
    public SoftmaxFocal build() {
      return new SoftmaxFocal(this);
    }
  }
}
