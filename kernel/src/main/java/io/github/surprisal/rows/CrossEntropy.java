package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.Denominator;
import io.github.surprisal.HessianConvention;
import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.call.Options;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.CrossEntropyTerms;
import io.github.surprisal.internal.softmax.formula.RowTerms;
import java.util.Objects;

/**
 * Cross-entropy between the softmax of logits and a label or a distribution a row.
 *
 * <p>Predictions are logits, before any softmax, targets are labels, one class from 0 on for each
 * row, or probabilities of all classes.
 *
 * <p>For logits x of shape [rows, classes] and, per row, target masses t over its classes:
 *
 * <pre>
 *   z          = x / T, then c tanh(z / c), then -infinity where a class is not allowed
 *   loss       = sum over j of t_j (L - z_j) + v (l L^2 - h H)
 *   gradient_j = dz_j / dx_j (A p_j - t_j + v p_j (2 l L + h (log p_j + H)))
 *
 *   L = log sum exp(z_j),  p = softmax(z),  H = -sum p_j log p_j,  A = sum of t_j
 *   label y:          t_j = (1 - s) w_y [j = y] + (s / n) w_j,  v = w_y
 *   probabilities q:  t_j = w_j ((1 - s) q_j + s / n),          v = 1
 * </pre>
 *
 * with temperature T, softcap c, label smoothing s over the n allowed classes ({@link
 * Batch#allowed}), class weights w, weight l of the z-loss and h of the entropy. All combine. Row
 * weight, reduction and upstream multiply both. The softmax is never stored but in the gradient.
 *
 * <p>{@link Reduction#MEAN} divides, as PyTorch, by the sum of the weights for labels (the class
 * weight of the label, times the row weight) and by the number of kept rows for probabilities.
 *
 * <p>Special cases, besides those of {@link SoftmaxLoss}, per row:
 *
 * <ul>
 *   <li>finite logits up to MAX_VALUE / 4 give finite results, except where the exact loss
 *       overflows;
 *   <li>a logit of -infinity is an impossible class, under a softcap too; target mass on it gives
 *       loss +infinity and a finite gradient;
 *   <li>a class that is not allowed is impossible, its logit is not read, and its gradient is +0;
 *   <li>a row of -infinity only, or with a logit of +infinity, or with NaN, is NaN in loss and
 *       gradient;
 *   <li>one class: loss 0 and gradient 0 for any finite logit;
 *   <li>target probabilities are numbers of any sign, and need not sum to 1;
 *   <li>a class weight is no mask: a row whose label has weight 0 counts, and under smoothing the
 *       shares of the other classes stay in its loss, as in PyTorch. Sum and {@link LossSum#sum}
 *       have them, the sum of the weights has nothing of the row: a weighted mean over such rows
 *       alone divides by 0, as written, and is infinite, or NaN without smoothing. Mask rows by
 *       {@code ignoreIndex}, or divide by {@link Denominator#KEPT}.
 * </ul>
 *
 * <p>Accuracy, in ulp of the largest term ({@link Bounds}): loss 4 + n/16, gradient 4 + n/16,
 * hessian 8 + n/8; a softcap c adds 6 c to loss and gradient. n is the lesser of the number of
 * classes and 2048. The largest term of a gradient element is p_j times the sum of all |t_i| being
 * one; where masses t_j differ in sign, a loss is in ulp of the sum of |t_j (L - z_j)|. A gradient
 * element is within MIN_NORMAL times the scale of its row, too. The 4 holds at any distance from
 * the maximum and any temperature, since neither {@code x - max} nor {@code x / T} is ever rounded;
 * n/16 is the worst case of a sum in 16 lanes, of which a row of random logits shows next to
 * nothing. Tiny losses keep their relative accuracy, since nothing is formed by subtracting from 1.
 * With a softcap, tanh is within 2 ulp, and an exponential turns its error, times c, into a
 * relative one.
 *
 * @see <a href="https://arxiv.org/abs/1512.00567">Szegedy et al. 2016, section 7</a>, on label
 *     smoothing
 * @see <a href="https://arxiv.org/abs/1701.06548">Pereyra et al. 2017</a>, on the confidence
 *     penalty
 * @see <a href="https://arxiv.org/abs/2408.00118">Gemma 2, section 2</a>, on the softcap
 * @see <a href="https://arxiv.org/abs/2204.02311">Chowdhery et al. 2022, section 5</a>, on the
 *     z-loss
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class CrossEntropy extends SoftmaxLoss {
  private final CrossEntropyTerms terms;

  private final HessianConvention convention;

  private CrossEntropy(Builder builder) {
    super(builder);
    convention = builder.hessianConvention;
    terms =
        new CrossEntropyTerms(
            builder.logitOptions(), builder.labelSmoothing, builder.zLoss, builder.entropyWeight);
  }

  /** Options, each with its default. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * First and second derivative of every row's weighted loss by each of its logits, as boosting
   * libraries take them: never divided by a denominator, without upstream factors. The second is
   * the diagonal {@code w A p_j (1 - p_j) / T^2}, w the weight of the row, or what the {@link
   * Builder#hessianConvention} puts in its place; within 8 + n/8 ulp, and +0 in a masked row or
   * where a class is not allowed.
   *
   * <p>XGBoost has scores, gradients and second derivatives row after row, as {@link Matrix#of}
   * has; LightGBM class after class, as {@link Matrix#columnMajor} has.
   *
   * @param gradient written; of the shape and type of the logits, and possibly the logits
   * @param hessian written; likewise, and not the logits
   * @return the sum of the weighted losses
   * @throws IllegalArgumentException if shapes, types or memory do not fit, or the loss has a
   *     softcap, z-loss or entropy, which have another second derivative
   */
  public double gradientAndHessian(Batch batch, Matrix gradient, Matrix hessian) {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(gradient, "gradient");
    Objects.requireNonNull(hessian, "hessian");
    if (!terms.curvesAlike()) {
      throw new IllegalArgumentException(
          "loss has softcap, zLoss or entropyWeight, expected none for a hessian");
    }
    var scratch = RowScratch.of(batch.common().workspace());
    var call = RowCall.start(this, scratch, batch, gradient, hessian);
    call.results.hessianFactor = CrossEntropyHessian.factor(convention, batch.logits.columns());
    call.results.hessianFloor = CrossEntropyHessian.floor(convention);
    call.given.upstream = 1;
    call.given.upstreams.set(null, null);
    double sum = RowCall.evaluate(this, scratch, call, Reduction.SUM, batch.common().sum);
    if (convention == HessianConvention.XGBOOST_3_5) {
      CrossEntropyHessian.magnitudes(batch, gradient, hessian);
    }
    return sum;
  }

  @Override
  RowTerms terms() {
    return terms;
  }

  @Override
  public Bounds bounds() {
    return new Bounds(bound(), bound(), Bounds.ofSum(4).times(2), false);
  }

  @Override
  void check(Batch batch) {
    RowArguments.requireTargets(batch);
  }

  @Override
  boolean weighsAllClasses() {
    return terms.smooths();
  }

  @Override
  Denominator usualDenominator(RowBatch batch) {
    return batch.given.probabilities.present() ? Denominator.KEPT : Denominator.WEIGHTS;
  }

  /** Options of cross-entropy. */
  public static final class Builder extends SoftmaxLoss.Builder<Builder> {
    private double labelSmoothing;
    private HessianConvention hessianConvention = HessianConvention.EXACT;
    private double zLoss;
    private double entropyWeight;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * The mass s that moves from the target to the uniform distribution; default 0. Its share costs
     * infinity at a logit of -infinity: exclude such classes by {@link Batch#allowed} instead.
     *
     * @throws IllegalArgumentException unless {@code 0 <= s <= 1}
     */
    public Builder labelSmoothing(double smoothing) {
      Options.requireUnit("labelSmoothing", smoothing);
      labelSmoothing = smoothing;
      return this;
    }

    /**
     * The weight h of the entropy, which is subtracted from the loss: positive, it rewards
     * uncertain predictions (the confidence penalty); negative, certain ones. Default 0.
     *
     * @throws IllegalArgumentException unless it is finite
     */
    public Builder entropyWeight(double weight) {
      Options.require(Double.isFinite(weight), "entropyWeight", weight, "a finite number");
      entropyWeight = weight;
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

    /**
     * Whose second derivative {@link CrossEntropy#gradientAndHessian} gives; default the exact one.
     */
    public Builder hessianConvention(HessianConvention convention) {
      hessianConvention = Objects.requireNonNull(convention, "convention");
      return this;
    }

    @Override
    public CrossEntropy build() {
      return new CrossEntropy(this);
    }
  }
}
