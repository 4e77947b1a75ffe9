package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.internal.call.Options;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.LogitOptions;
import io.github.surprisal.internal.softmax.formula.RowTerms;

/**
 * A loss of the softmax of rows of logits x. It sees
 *
 * <pre>
 *   z = x / T, then c tanh(z / c), then -infinity where a class is not allowed
 * </pre>
 *
 * with temperature T, softcap c and the allowed classes of the {@link Batch}; gradients are by x.
 *
 * <p>Special cases, besides those of {@link RowLoss}, per row:
 *
 * <ul>
 *   <li>a logit of -infinity is an impossible class, under a softcap too;
 *   <li>a class that is not allowed is impossible, its logit is not read, and its gradient is +0;
 *   <li>a row with impossible classes only, or with a logit of +infinity or NaN, is NaN in loss and
 *       gradient.
 * </ul>
 */
@SuppressWarnings("serial") // a stream holds its recipe
public abstract sealed class SoftmaxLoss extends LabelLoss
    permits CrossEntropy, SoftmaxFocal, PolyLoss, GeneralizedCrossEntropy {
  private final double softcap;

  SoftmaxLoss(Builder<?> builder) {
    super(builder);
    softcap = builder.softcap;
  }

  /** That of cross-entropy: a softcap c adds 6 c ulp. */
  final Bounds.Bound bound() {
    return Bounds.ofSum(4 + (softcap == Double.POSITIVE_INFINITY ? 0 : 6 * softcap));
  }

  @Override
  public Bounds bounds() {
    return Bounds.ofRows(bound(), bound());
  }

  /** What the loss makes of row scalars. */
  abstract RowTerms terms();

  @Override
  final void run(RowScratch scratch, RowBatch batch) {
    run(scratch, batch, terms());
  }

  static void run(RowScratch scratch, RowBatch batch, RowTerms terms) {
    if (batch.rows == 0) {
      return;
    }
    if (batch.logits.arrayF32 != null) {
      scratch.softmaxF32().run(batch, terms);
    } else if (batch.logits.arrayF64 != null) {
      scratch.softmaxF64().run(batch, terms);
    }
  }

  /**
   * The options that every loss of a softmax has.
   *
   * @param <B> the builder itself
   */
  public abstract static sealed class Builder<B extends Builder<B>> extends LabelLoss.Builder<B>
      permits CrossEntropy.Builder,
          SoftmaxFocal.Builder,
          PolyLoss.Builder,
          GeneralizedCrossEntropy.Builder {
    private double temperature = 1;
    private double softcap = Double.POSITIVE_INFINITY;

    Builder() {}

    LogitOptions logitOptions() {
      return new LogitOptions(temperature, softcap);
    }

    /**
     * What the logits are divided by; default 1. It costs one product an exponential and no
     * accuracy: the quotient is never rounded.
     *
     * @throws IllegalArgumentException unless {@code 2^-100 <= temperature <= 2^100}
     */
    public B temperature(double temperature) {
      Options.requireTemperature("temperature", temperature);
      this.temperature = temperature;
      return self();
    }

    /**
     * The bound c of {@code c tanh(x / c)}, which takes the place of logits x after the division by
     * the temperature; default infinity, none.
     *
     * @throws IllegalArgumentException unless {@code 2^-20 <= softcap <= 2^20} or infinity
     */
    public B softcap(double softcap) {
      Options.requireSoftcap(softcap);
      this.softcap = softcap;
      return self();
    }
  }
}
