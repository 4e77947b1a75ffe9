package io.github.surprisal;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.softmax.CrossEntropyTerms;
import io.github.surprisal.softmax.LogitOptions;

/**
 * Cross-entropy between the softmax of logits and a label or a distribution a row.
 *
 * <p>For logits x of shape [rows, classes] and, per row, target masses t over its C classes:
 *
 * <pre>
 *   z          = x / T
 *   loss       = sum over j of t_j (L - z_j) + l w L^2,        L = log sum exp(z_j)
 *   gradient_j = ((A + 2 l w L) p_j - t_j) / T,                p = softmax(z),  A = sum of t_j
 *
 *   label y:          t_j = (1 - s) w_y [j = y] + (s / C) w_j,  w = w_y
 *   probabilities q:  t_j = w_j ((1 - s) q_j + s / C),          w = 1
 * </pre>
 *
 * with temperature T, label smoothing s, class weights w and weight l of the z-loss. Row weight,
 * reduction and upstream multiply both. The softmax is never stored but in the gradient.
 *
 * <p>{@link Reduction#MEAN} divides, as PyTorch, by the sum of the weights for labels (the class
 * weight of the label, times the row weight) and by the number of kept rows for probabilities.
 *
 * <p>Special cases, besides those of {@link RowLoss}, per row:
 *
 * <ul>
 *   <li>finite logits up to MAX_VALUE / 4 give finite results, except where the exact loss
 *       overflows;
 *   <li>a logit of -infinity is an impossible class; target mass on it gives loss +infinity and a
 *       finite gradient;
 *   <li>a row of -infinity only, or with a logit of +infinity, or with NaN, is NaN in loss and
 *       gradient;
 *   <li>one class: loss 0 and gradient 0 for any finite logit;
 *   <li>a negative probability makes its row NaN; probabilities need not sum to 1.
 * </ul>
 *
 * <p>Accuracy, with n the lesser of the number of classes and 2048: each gradient element is within
 * 4 + n/16 ulp of its largest term (A p_j or t_j) or within MIN_NORMAL times the scale of its row;
 * a loss is within 4 + n/16 ulp. The 4 holds at any distance from the maximum; n/16 is the worst
 * case of a sum in 16 lanes, of which a row of random logits shows next to nothing. Tiny losses
 * keep their relative accuracy, since nothing is formed by subtracting from 1.
 *
 * @see <a href="https://arxiv.org/abs/1512.00567">Szegedy et al. 2016, section 7</a>, on label
 *     smoothing
 * @see <a href="https://arxiv.org/abs/2204.02311">Chowdhery et al. 2022, section 5</a>, on the
 *     z-loss
 */
public final class CrossEntropy extends RowLoss {
  private final CrossEntropyTerms terms;

  private CrossEntropy(Builder builder) {
    super(builder);
    terms =
        new CrossEntropyTerms(
            new LogitOptions(builder.temperature), builder.labelSmoothing, builder.zLoss);
  }

  /** Cross-entropy with the default options. */
  public static CrossEntropy create() {
    return builder().build();
  }

  /** Options, each with its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  void run(Workspace workspace, RowBatch batch) {
    if (batch.logits.arrayF32 != null) {
      workspace.softmaxF32().run(batch, terms, workspace.group);
    } else if (batch.logits.arrayF64 != null) {
      workspace.softmaxF64().run(batch, terms, workspace.group);
    }
  }

  @Override
  void check(Batch batch) {}

  @Override
  Denominator usualDenominator(RowBatch batch) {
    return batch.probabilities.present() ? Denominator.KEPT : Denominator.WEIGHTS;
  }

  /** Options of cross-entropy. */
  public static final class Builder extends RowLoss.Builder<Builder> {
    private double labelSmoothing;
    private double temperature = 1;
    private double zLoss;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * The mass s that moves from the target to the uniform distribution; default 0.
     *
     * @throws IllegalArgumentException unless {@code 0 <= s <= 1}
     */
    public Builder labelSmoothing(double smoothing) {
      Options.requireUnit("labelSmoothing", smoothing);
      labelSmoothing = smoothing;
      return this;
    }

    /**
     * What the logits are divided by; default 1. It costs one product an exponential and no
     * accuracy: the quotient is never rounded.
     *
     * @throws IllegalArgumentException unless {@code 2^-100 <= temperature <= 2^100}
     */
    public Builder temperature(double temperature) {
      Options.requireTemperature(temperature);
      this.temperature = temperature;
      return this;
    }

    /**
     * The weight of the z-loss L^2, which holds log-sum-exp near 0; default 0, PaLM 1e-4.
     *
     * @throws IllegalArgumentException unless it is finite and at least 0
     */
    public Builder zLoss(double weight) {
      Options.requireNonNegative("zLoss", weight);
      zLoss = weight;
      return this;
    }

    /** The loss. */
    public CrossEntropy build() {
      return new CrossEntropy(this);
    }
  }
}
