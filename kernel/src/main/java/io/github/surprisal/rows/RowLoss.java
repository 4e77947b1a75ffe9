package io.github.surprisal.rows;

import io.github.surprisal.Bounds;
import io.github.surprisal.Denominator;
import io.github.surprisal.Matrix;
import io.github.surprisal.Reduction;
import io.github.surprisal.internal.call.FromRecipe;
import io.github.surprisal.internal.call.Options;
import io.github.surprisal.internal.call.Recipe;
import io.github.surprisal.internal.reduction.ClassWeights;
import io.github.surprisal.internal.reduction.RowBatch;
import java.util.Objects;

/**
 * A loss with one term a row of class scores: [rows, classes] against a label or a distribution a
 * row. Implementations are immutable, may be shared by threads, and are serializable: a stream
 * holds the options, which {@code toString} shows.
 *
 * <p>The options that all have, besides the {@link Reduction}:
 *
 * <ul>
 *   <li><b>class weights</b> w_c, default 1, of any sign and size;
 *   <li><b>ignoreIndex</b>, default -100: a row of this label is masked.
 * </ul>
 *
 * <p>The rules that all keep:
 *
 * <ul>
 *   <li>a masked row (label {@code ignoreIndex}, row weight 0, mask false) is not read: its loss is
 *       0 and its gradient +0, whatever it holds;
 *   <li>NaN reaches the results of its own row, and what sums over rows, and no others;
 *   <li>0 times infinity is 0 for a class weight or a target probability of 0;
 *   <li>row weights, class weights and target probabilities are numbers of any sign, taken as they
 *       are; a negative weight makes losses of its rows negative and turns their gradients round;
 *   <li>a mean over nothing is 0 with gradient 0; over rows whose denominator is 0 it divides as
 *       written, see {@link Reduction};
 *   <li>the gradient may be the logits themselves, in place; no output shares any other element
 *       with an input or another output, though they may lie in one array;
 *   <li>every matrix may be in any order, each for itself: {@linkplain Matrix#columnMajor
 *       column-major}, {@linkplain Matrix#channelsFirst images}, strided; results have the same
 *       bits;
 *   <li>a call that throws has written nothing;
 *   <li>the bits of a row's results depend on that row alone: not on the vector width, on the other
 *       rows of the batch, nor on whether there are vectors at all.
 * </ul>
 */
@SuppressWarnings({"serial", "exports"}) // a stream holds its recipe
public abstract sealed class RowLoss extends FromRecipe permits LabelLoss, Distillation {
  final ClassWeights classWeights;
  final int ignoreIndex;
  final Reduction reduction;

  RowLoss(Builder<?> builder) {
    super(Recipe.of(builder));
    classWeights =
        builder.classWeights == null
            ? null
            : new ClassWeights(builder.classWeights, this instanceof Distillation);
    ignoreIndex = builder.ignoreIndex;
    reduction = builder.reduction;
  }

  /** The reduced loss of a batch. */
  public final double loss(Batch batch) {
    Objects.requireNonNull(batch, "batch");
    var scratch = RowScratch.of(batch.common().workspace());
    var call = RowCall.start(this, scratch, batch, null, null);
    return RowCall.evaluate(this, scratch, call, reduction, batch.common().sum);
  }

  /**
   * The reduced loss of a batch, and its derivative by every logit, times the upstream factor.
   *
   * @param gradient written; of the shape and type of the logits, and either those very elements or
   *     memory that nothing else of the call shares
   * @throws IllegalArgumentException if shapes, types or memory do not fit, or a label is out of
   *     range
   */
  public final double lossAndGradient(Batch batch, Matrix gradient) {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(gradient, "gradient");
    var scratch = RowScratch.of(batch.common().workspace());
    var call = RowCall.start(this, scratch, batch, gradient, null);
    return RowCall.evaluate(this, scratch, call, reduction, batch.common().sum);
  }

  /** The errors that it keeps, in either type, with these options. */
  public abstract Bounds bounds();

  /** Row losses, totals and gradient, in the workspace's batch. */
  abstract void run(RowScratch scratch, RowBatch batch);

  /** Refuses what this loss has no meaning for. */
  abstract void check(Batch batch);

  /** Whether the labels that are given are more than a mask. */
  boolean readsLabels() {
    return true;
  }

  static void requireLabels(Batch batch) {
    if (batch.probabilities != null) {
      throw new IllegalArgumentException("targets are probabilities, expected labels");
    }
    RowArguments.requireTargets(batch);
  }

  static void requireNoStatistics(Batch batch) {
    if (batch.statistics.any()) {
      throw new IllegalArgumentException("statistics are given, expected none without a softmax");
    }
  }

  /** Whether a row of a label reads other class weights than that of the label. */
  boolean weighsAllClasses() {
    return false;
  }

  /** What a mean divides by, unless told otherwise. */
  Denominator usualDenominator(RowBatch batch) {
    return Denominator.WEIGHTS;
  }

  /**
   * The options that every loss of rows has.
   *
   * @param <B> the builder itself
   */
  public abstract static sealed class Builder<B extends Builder<B>>
      permits LabelLoss.Builder, Distillation.Builder {
    double[] classWeights;
    int ignoreIndex = -100;
    Reduction reduction = Reduction.MEAN;

    Builder() {}

    abstract B self();

    /** The loss. */
    public abstract RowLoss build();

    /**
     * A weight for each class; default 1 each.
     *
     * @throws IllegalArgumentException if one is infinite or NaN
     */
    public B classWeights(double... classWeights) {
      this.classWeights = Options.weights("classWeights", classWeights);
      return self();
    }

    /** The label of rows to mask; default -100. It may be a class. */
    public B ignoreIndex(int index) {
      ignoreIndex = index;
      return self();
    }

    /** How row losses become one; default {@link Reduction#MEAN}. */
    public B reduction(Reduction reduction) {
      this.reduction = Objects.requireNonNull(reduction, "reduction");
      return self();
    }
  }
}
