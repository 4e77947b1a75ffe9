package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.Denominator;
import io.github.surprisal.LossSum;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;
import io.github.surprisal.internal.reduction.RowBatch;

/**
 * Multi-class hinge loss of Crammer and Singer: the largest score beside the label's costs, if it
 * comes within a margin of it.
 *
 * <p>Predictions are scores, any numbers, targets are labels, one class from 0 on for each row.
 *
 * <p>For scores z of shape [rows, classes], labels y and class weights w, with k the first of the
 * largest scores but the label's:
 *
 * <pre>
 *   loss     = w_y max(0, margin + z_k - z_y)
 *   gradient = w_y (e_k - e_y)  where the loss is above 0, else 0
 * </pre>
 *
 * times row weight, reduction and upstream. {@link Reduction#MEAN} divides by the number of kept
 * rows. A margin of 0 gives the perceptron's loss. The scores take the place of the logits in
 * {@link RowLoss}.
 *
 * <p>Special cases, besides those of {@link RowLoss}, per row:
 *
 * <ul>
 *   <li>a score of -infinity, or of a class that is not allowed, costs nothing and has gradient +0;
 *       the latter is not read;
 *   <li>a label on such a class gives loss +infinity and a finite gradient;
 *   <li>a row of -infinity only, or with a score of +infinity or NaN, is NaN in loss and gradient;
 *   <li>one class: loss 0 and gradient 0;
 *   <li>at a margin kept exactly the slope is 0: the margin is a {@link Threshold}, and the sum is
 *       not rounded;
 *   <li>finite scores up to MAX_VALUE / 4 give finite results.
 * </ul>
 *
 * <p>The {@link LossSum} knows no likelihood of these labels: its perplexity is NaN.
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 2, gradient 5; the gradient is
 * exact but for its factors and the rounding of the result.
 *
 * @see <a href="https://www.jmlr.org/papers/v2/crammer01a.html">Crammer and Singer 2001, section
 *     3</a>
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class CrammerSinger extends LabelLoss {
  private final double margin;

  private CrammerSinger(Builder builder) {
    super(builder);
    margin = builder.margin;
  }

  /** Options, each with its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  void run(RowScratch scratch, RowBatch batch) {
    if (batch.logits.arrayF32 != null) {
      scratch.scoresF32().crammerSinger(batch, margin);
    } else if (batch.logits.arrayF64 != null) {
      scratch.scoresF64().crammerSinger(batch, margin);
    }
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofRows(new Bounds.Bound(2, 0), new Bounds.Bound(5, 0));
  }

  @Override
  void check(Batch batch) {
    requireLabels(batch);
    requireNoStatistics(batch);
  }

  @Override
  Denominator usualDenominator(RowBatch batch) {
    return Denominator.KEPT;
  }

  /** Options of the loss. */
  public static final class Builder extends LabelLoss.Builder<Builder> {
    private double margin = 1;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * The margin; default 1.
     *
     * @throws IllegalArgumentException unless it is finite and at least 0
     */
    public Builder margin(double margin) {
      Options.requireNonNegative("margin", margin);
      this.margin = margin;
      return this;
    }

    @Override
    public CrammerSinger build() {
      return new CrammerSinger(this);
    }
  }
}
