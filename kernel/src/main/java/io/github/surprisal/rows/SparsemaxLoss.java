package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.LossSum;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.reduction.RowBatch;

/**
 * Sparsemax loss: what cross-entropy is to {@link Softmax}, to {@link Sparsemax}. It is exactly 0
 * once the label's score leads by 1.
 *
 * <p>Predictions are scores, any numbers, targets are labels, one class from 0 on for each row.
 *
 * <p>For scores z of shape [rows, classes], labels y and class weights w:
 *
 * <pre>
 *   p        = max(0, z - tau),  tau so that sum of p = 1
 *   loss     = w_y ((sum over p_j &gt; 0 of (z_j^2 - tau^2) + 1) / 2 - z_y)
 *            = w_y (|p - e_y|^2 / 2 + max(0, tau - z_y))
 *   gradient = w_y (p - e_y)
 * </pre>
 *
 * times row weight, reduction and upstream. {@link Reduction#MEAN} divides by the sum of the
 * weights. The second form, which has no cancellation, is computed. The scores take the place of
 * the logits in {@link RowLoss}.
 *
 * <p>Special cases, besides those of {@link RowLoss}, per row:
 *
 * <ul>
 *   <li>a score of -infinity, or of a class that is not allowed, is an impossible class, with
 *       gradient +0; the latter is not read;
 *   <li>a label on such a class gives loss +infinity and a finite gradient;
 *   <li>a row of impossible classes only, or with a score of +infinity or NaN, is NaN in loss and
 *       gradient;
 *   <li>one class: loss 0 and gradient 0;
 *   <li>equal scores have equal probabilities, and one that lies 1 or more below the largest has
 *       exactly 0;
 *   <li>finite scores up to MAX_VALUE / 4 give finite results.
 * </ul>
 *
 * <p>The {@link LossSum} knows no likelihood of these labels: its perplexity is NaN.
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 4 + n/16, gradient 4 + n/16, with
 * n the lesser of the number of classes and 2048. The terms are 1 and {@code max z - z_y} of the
 * loss, {@code |tau - max z|}, {@code |z_j - max z|} where p_j &gt; 0, and 1 for the label, of a
 * gradient element.
 *
 * @see <a href="https://arxiv.org/abs/1602.02068">Martins and Astudillo 2016, section 3.2</a>
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class SparsemaxLoss extends LabelLoss {
  private SparsemaxLoss(Builder builder) {
    super(builder);
  }

  /** Options, each with its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  void run(RowScratch scratch, RowBatch batch) {
    if (batch.logits.arrayF32 != null) {
      scratch.scoresF32().sparsemaxLoss(batch);
    } else if (batch.logits.arrayF64 != null) {
      scratch.scoresF64().sparsemaxLoss(batch);
    }
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofRows(Bounds.ofSum(4), Bounds.ofSum(4));
  }

  @Override
  void check(Batch batch) {
    requireLabels(batch);
    requireNoStatistics(batch);
  }

  /** Options of the loss. */
  public static final class Builder extends LabelLoss.Builder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public SparsemaxLoss build() {
      return new SparsemaxLoss(this);
    }
  }
}
