package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.Denominator;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.call.Options;
import io.github.surprisal.internal.distillation.DistillationTerms;
import io.github.surprisal.internal.distillation.DistillationTerms.Kind;
import io.github.surprisal.internal.reduction.RowBatch;
import io.github.surprisal.internal.softmax.formula.CrossEntropyTerms;
import io.github.surprisal.internal.softmax.formula.LogitOptions;
import java.util.Objects;

/**
 * Distillation: a divergence of a student's distribution from a teacher's, mixed with the
 * cross-entropy of labels.
 *
 * <p>Predictions are the student's logits, before any softmax, targets are the teacher's logits, or
 * probabilities of its most likely classes, and labels for the hard part.
 *
 * <p>For the student's logits x, the teacher's t ({@link Batch#teacher}), labels y and class
 * weights w:
 *
 * <pre>
 *   Q = softmax(x / T),  P = softmax(t / T'),  M = b P + (1 - b) Q
 *   loss       = h w_y (-log softmax(x)_y) + (1 - h) s D
 *   gradient_j = h w_y (softmax(x)_j - [j = y]) + (1 - h) s G_j / T
 *
 *   forward KL       D = sum of P_j log(P_j / Q_j)       G_j = Q_j sum P - P_j
 *   reverse KL       D = sum of Q_j log(Q_j / P_j)       G_j = Q_j (log(Q_j / P_j) - D)
 *   Jensen-Shannon   D = b KL(P || M) + (1 - b) KL(Q || M)
 *                    G_j = (1 - b) Q_j (log(Q_j / M_j) - KL(Q || M))
 *   total variation  D = sum of |P_j - Q_j| / 2          G_j = Q_j (s_j - sum of Q s) / 2
 *                    s_j = sign(Q_j - P_j)
 * </pre>
 *
 * with temperatures T and T', weight h of the labels and s = T^2 or 1, times row weight, reduction
 * and upstream. {@link Reduction#MEAN} divides by the number of kept rows, which PyTorch calls
 * batchmean. The gradient is by the student's logits; neither distribution is stored.
 *
 * <p>Of a teacher of whom only the most likely classes are known, P is what is given, 0 elsewhere,
 * and not scaled to sum 1; T' does not apply.
 *
 * <p>Labels are needed where h is above 0. Where it is 0 they may mask rows. Class weights belong
 * to the labels' part alone. A part of weight 0 is not read.
 *
 * <p>Special cases, besides those of {@link RowLoss}, per row:
 *
 * <ul>
 *   <li>equal logits and temperatures give loss 0 and gradient 0 exactly;
 *   <li>no loss is negative, if the teacher is known in whole and no weight is negative;
 *   <li>0 log 0 = 0 on both sides: a class that is impossible on both costs nothing;
 *   <li>forward KL: mass of the teacher on an impossible class of the student (a logit of
 *       -infinity) costs +infinity, with a finite gradient;
 *   <li>reverse KL: mass of the student on an impossible class of the teacher costs +infinity; the
 *       gradient is its limit, +infinity there, -infinity at the other classes that the student has
 *       mass on, 0 where it has none, and NaN if it has mass on impossible classes alone;
 *   <li>opposed infinities, by a label of negative weight, make the loss NaN, not the gradient;
 *   <li>classes that are not allowed ({@link Batch#allowed}) are impossible on both sides: logits
 *       of theirs are not read, and their gradient is +0;
 *   <li>a row whose student or teacher has impossible classes only, a logit of +infinity or NaN, or
 *       a negative (of which there is no logarithm) or NaN probability, is NaN in loss and
 *       gradient.
 * </ul>
 *
 * <p>Accuracy ({@link Bounds}), with n the lesser of the number of classes and 2048: the loss is
 * within 8 + n/8 ulp of
 *
 * <pre>
 *   D + sum of |P_j - Q_j| (1 + |log max(P_j, Q_j)|)
 * </pre>
 *
 * and within the square of 8 + n/8 ulp of 1 + |log max(P_j, Q_j)|, on average, next to 0: where P
 * and Q are near each other and the loss is tiny, it keeps its digits. Total variation has max(P_j,
 * Q_j) for |P_j - Q_j| there; of a teacher's most likely classes, P_j (|log P_j| + |log Q_j|) is
 * added. Gradient elements are within
 *
 * <pre>
 *   forward KL       5 + n/16 ulp of the larger of Q_j and P_j
 *   reverse KL       16 + n/8 ulp of Q_j (2 + |log P_j Q_j| + sum of Q_i |log P_i Q_i|)
 *   Jensen-Shannon   16 + n/8 ulp of Q_j (2 + |log Q_j| + sum of Q_i |log Q_i|)
 *   total variation  5 + n/16 ulp of Q_j, unless some P_i and Q_i are within their errors
 * </pre>
 *
 * or MIN_NORMAL times the scale of the row and the number of classes. The part of the labels has
 * the bound of {@link CrossEntropy}, and no temperature is rounded in an exponential.
 *
 * @see <a href="https://arxiv.org/abs/1503.02531">Hinton et al. 2015, section 2</a>, on s = T^2
 * @see <a href="https://arxiv.org/abs/2306.13649">Agarwal et al. 2024, section 2</a>, on the
 *     generalized Jensen-Shannon divergence
 */
@SuppressWarnings("serial") // a stream holds its recipe
public final class Distillation extends RowLoss {
  private final DistillationTerms terms;
  private final Kind kind;

  private Distillation(Builder builder) {
    super(builder);
    kind = kind(builder.divergence);
    double own = builder.temperature;
    double teacher = Double.isNaN(builder.teacherTemperature) ? own : builder.teacherTemperature;
    terms =
        new DistillationTerms(
            kind,
            builder.divergence instanceof Divergence.JensenShannon(double beta) ? beta : 0,
            new LogitOptions(own, Double.POSITIVE_INFINITY),
            new LogitOptions(teacher, Double.POSITIVE_INFINITY),
            builder.hardWeight,
            (1 - builder.hardWeight) * (builder.temperatureSquared ? own * own : 1));
  }

  /** Options, each with its default. */
  public static Builder builder() {
    return new Builder();
  }

  private static Kind kind(Divergence divergence) {
    return switch (divergence) {
      case Divergence.ForwardKl d -> Kind.FORWARD_KL;
      case Divergence.ReverseKl d -> Kind.REVERSE_KL;
      case Divergence.JensenShannon(double beta) when beta == 0 -> Kind.FORWARD_KL;
      case Divergence.JensenShannon(double beta) when beta == 1 -> Kind.REVERSE_KL;
      case Divergence.JensenShannon d -> Kind.JENSEN_SHANNON;
      case Divergence.TotalVariation d -> Kind.TOTAL_VARIATION;
    };
  }

  @Override
  void run(RowScratch scratch, RowBatch batch) {
    boolean labelsAlone = terms.hardWeight() == 1;
    if (batch.logits.arrayF32 != null && labelsAlone) {
      scratch.softmaxF32().run(batch, CrossEntropyTerms.OF_LABELS);
    } else if (batch.logits.arrayF64 != null && labelsAlone) {
      scratch.softmaxF64().run(batch, CrossEntropyTerms.OF_LABELS);
    } else if (batch.logits.arrayF32 != null) {
      scratch.distillationF32().run(batch, terms);
    } else if (batch.logits.arrayF64 != null) {
      scratch.distillationF64().run(batch, terms);
    }
  }

  @Override
  public Bounds bounds() {
    var gradient =
        switch (kind) {
          case FORWARD_KL, TOTAL_VARIATION -> Bounds.ofSum(5);
          case REVERSE_KL, JENSEN_SHANNON -> Bounds.ofSum(8).times(2);
        };
    return Bounds.ofRows(Bounds.ofSum(4).times(2), gradient);
  }

  @Override
  void check(Batch batch) {
    RowArguments.requireTeacher(batch, terms.hardWeight() > 0);
  }

  @Override
  boolean readsLabels() {
    return terms.hardWeight() > 0;
  }

  @Override
  Denominator usualDenominator(RowBatch batch) {
    return Denominator.KEPT;
  }

  /** Options of a distillation. */
  public static final class Builder extends RowLoss.Builder<Builder> {
    private Divergence divergence = new Divergence.ForwardKl();
    private double temperature = 1;
    private double teacherTemperature = Double.NaN;
    private boolean temperatureSquared;
    private double hardWeight;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** The divergence D; default forward KL. */
    public Builder divergence(Divergence divergence) {
      this.divergence = Objects.requireNonNull(divergence, "divergence");
      return this;
    }

    /**
     * What logits are divided by, the teacher's too unless it has its own; default 1.
     *
     * @throws IllegalArgumentException unless {@code 2^-100 <= temperature <= 2^100}
     */
    public Builder temperature(double temperature) {
      Options.requireTemperature("temperature", temperature);
      this.temperature = temperature;
      return this;
    }

    /**
     * What the teacher's logits are divided by; default the student's, as Hinton et al., Liger and
     * TRL have it.
     *
     * @throws IllegalArgumentException unless {@code 2^-100 <= temperature <= 2^100}
     */
    public Builder teacherTemperature(double temperature) {
      Options.requireTemperature("teacherTemperature", temperature);
      teacherTemperature = temperature;
      return this;
    }

    /**
     * Whether the divergence is multiplied by the square of the student's temperature, so that its
     * gradient keeps its size; default false.
     */
    public Builder temperatureSquared(boolean squared) {
      temperatureSquared = squared;
      return this;
    }

    /**
     * The weight h of the labels' cross-entropy; the divergence has 1 - h. Default 0.
     *
     * @throws IllegalArgumentException unless {@code 0 <= weight <= 1}
     */
    public Builder hardWeight(double weight) {
      Options.requireUnit("hardWeight", weight);
      hardWeight = weight;
      return this;
    }

    @Override
    public Distillation build() {
      return new Distillation(this);
    }
  }
}
