package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.Denominator;
import io.github.surprisal.LossSum;
import io.github.surprisal.Reduction;
import io.github.surprisal.Threshold;
import io.github.surprisal.internal.call.Options;
import io.github.surprisal.internal.reduction.RowBatch;

/**
 * Multi-margin loss of Weston and Watkins: every score that comes within a margin of the label's
 * costs.
 *
 * <p>Predictions are scores, any numbers, targets are labels, one class from 0 on for each row.
 *
 * <p>For scores z of shape [rows, classes], labels y and class weights w, with v_i = max(0, margin
 * - z_y + z_i) for i != y, and C the number of classes, allowed or not:
 *
 * <pre>
 *   loss       = w_y / C sum over i != y of v_i^p
 *   gradient_i = w_y / C p v_i^(p - 1)  where v_i &gt; 0, else 0
 *   gradient_y = -sum of the others
 * </pre>
 *
 * with exponent p of 1 or 2, times row weight, reduction and upstream. {@link Reduction#MEAN}
 * divides by the number of kept rows, as PyTorch's {@code multi_margin_loss}. The scores take the
 * place of the logits in {@link RowLoss}.
 *
 * <p>Special cases, besides those of {@link RowLoss}, per row:
 *
 * <ul>
 *   <li>a score of -infinity, or of a class that is not allowed, costs nothing and has gradient +0;
 *       the latter is not read;
 *   <li>a label on such a class gives loss +infinity, with a finite gradient for p = 1 and an
 *       infinite one for p = 2;
 *   <li>a row of -infinity only, or with a score of +infinity or NaN, is NaN in loss and gradient;
 *   <li>one class: loss 0 and gradient 0;
 *   <li>at v_i = 0 exactly the slope is 0: the margin is a {@link Threshold}, the sum is not
 *       rounded;
 *   <li>finite scores up to MAX_VALUE / 4 give finite results, unless those overflow.
 * </ul>
 *
 * <p>The {@link LossSum} knows no likelihood of these labels: its perplexity is NaN.
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 4 + n/16, gradient 4 + n/16, with
 * n the lesser of the number of classes and 2048.
 *
 * @see <a href="https://www.esann.org/sites/default/files/proceedings/legacy/es1999-461.pdf">Weston
 *     and Watkins 1999, equation 3</a>
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class MultiMargin extends LabelLoss {
  private final int p;
  private final double margin;

  private MultiMargin(Builder builder) {
    super(builder);
    p = builder.p;
    margin = builder.margin;
  }

  /** Options, each with its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  void run(RowScratch scratch, RowBatch batch) {
    if (batch.logits.arrayF32 != null) {
      scratch.scoresF32().multiMargin(batch, p, margin);
    } else if (batch.logits.arrayF64 != null) {
      scratch.scoresF64().multiMargin(batch, p, margin);
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

  @Override
  Denominator usualDenominator(RowBatch batch) {
    return Denominator.KEPT;
  }

  /** Options of the loss. */
  public static final class Builder extends LabelLoss.Builder<Builder> {
    private int p = 1;
    private double margin = 1;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * The exponent; default 1.
     *
     * @throws IllegalArgumentException unless it is 1 or 2
     */
    public Builder p(int p) {
      if (p != 1 && p != 2) {
        throw new IllegalArgumentException("p = " + p + ", expected 1 or 2");
      }
      this.p = p;
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
    public MultiMargin build() {
      return new MultiMargin(this);
    }
  }
}
