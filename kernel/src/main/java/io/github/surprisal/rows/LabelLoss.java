package io.github.surprisal.rows;

import java.util.Objects;

/**
 * A loss with one term a row of class scores, each against a label: arrays are enough for a call.
 */
@SuppressWarnings("serial") // a stream holds its recipe
public abstract sealed class LabelLoss extends RowLoss
    permits SoftmaxLoss, NegativeLogLikelihood, MultiMargin, CrammerSinger, SparsemaxLoss {
  LabelLoss(Builder<?> builder) {
    super(builder);
  }

  /** The reduced loss of rows of logits; {@code labels.length} is the number of rows. */
  public final double loss(float[] logits, int[] labels) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(labels, "labels");
    return RowCall.evaluate(this, logits.length, logits, null, labels, null, null);
  }

  /** The reduced loss of rows of logits; {@code labels.length} is the number of rows. */
  public final double loss(double[] logits, int[] labels) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(labels, "labels");
    return RowCall.evaluate(this, logits.length, null, logits, labels, null, null);
  }

  /**
   * The reduced loss, and its derivative by every logit.
   *
   * @param gradient written; as long as {@code logits}, or that very array
   * @throws IllegalArgumentException if lengths do not fit or a label is out of range
   */
  public final double lossAndGradient(float[] logits, int[] labels, float[] gradient) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(gradient, "gradient");
    RowArguments.requireLength(gradient.length, logits.length);
    return RowCall.evaluate(this, logits.length, logits, null, labels, gradient, null);
  }

  /**
   * The reduced loss, and its derivative by every logit.
   *
   * @param gradient written; as long as {@code logits}, or that very array
   * @throws IllegalArgumentException if lengths do not fit or a label is out of range
   */
  public final double lossAndGradient(double[] logits, int[] labels, double[] gradient) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(gradient, "gradient");
    RowArguments.requireLength(gradient.length, logits.length);
    return RowCall.evaluate(this, logits.length, null, logits, labels, null, gradient);
  }

  /**
   * The options that every loss of labels has.
   *
   * @param <B> the builder itself
   */
  public abstract static sealed class Builder<B extends Builder<B>> extends RowLoss.Builder<B>
      permits SoftmaxLoss.Builder,
          NegativeLogLikelihood.Builder,
          MultiMargin.Builder,
          CrammerSinger.Builder,
          SparsemaxLoss.Builder {
    Builder() {}
  }
}
