package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.reduction.RowBatch;

/**
 * Negative log-likelihood of labels under given log-probabilities.
 *
 * <p>Predictions are log-probabilities, as from {@link LogSoftmax} (not logits), targets are
 * labels, one class from 0 on for each row.
 *
 * <p>For log-probabilities l of shape [rows, classes], label y and class weights w:
 *
 * <pre>
 *   loss       = -w_y l_y
 *   gradient_j = -w_y [j = y]
 * </pre>
 *
 * times row weight, reduction and upstream. {@link Reduction#MEAN} divides by the sum of the
 * weights. The log-probabilities take the place of the logits in {@link RowLoss}.
 *
 * <p>Special cases, besides those of {@link RowLoss}:
 *
 * <ul>
 *   <li>l_y = -infinity: loss +infinity, or 0 if the class weight is 0; the gradient is finite;
 *   <li>only l_y of a row is read: NaN elsewhere in it reaches nothing.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 2, gradient 5; both are exact but
 * for their factors and the rounding of the result.
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class NegativeLogLikelihood extends LabelLoss {
  private NegativeLogLikelihood(Builder builder) {
    super(builder);
  }

  /** Options, each with its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  void run(RowScratch scratch, RowBatch batch) {
    scratch.negativeLogLikelihood().run(batch);
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofRows(new Bounds.Bound(2, 0), new Bounds.Bound(5, 0));
  }

  @Override
  void check(Batch batch) {
    requireLabels(batch);
    if (batch.allowed != null || batch.statistics.any()) {
      throw new IllegalArgumentException(
          "allowed classes or statistics are given, expected none without a softmax");
    }
  }

  /** Options of the negative log-likelihood. */
  public static final class Builder extends LabelLoss.Builder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public NegativeLogLikelihood build() {
      return new NegativeLogLikelihood(this);
    }
  }
}
