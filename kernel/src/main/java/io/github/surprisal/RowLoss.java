package io.github.surprisal;

import io.github.surprisal.reduction.RowBatch;
import io.github.surprisal.reduction.Rows;
import java.util.Objects;

/**
 * A loss with one term a row of class scores: [rows, classes] against a label or a distribution a
 * row. Implementations are immutable and may be shared by threads.
 *
 * <p>The options that all have, besides the {@link Reduction}:
 *
 * <ul>
 *   <li><b>class weights</b> w_c, default 1; a negative one makes what reads it NaN;
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
 *   <li>a mean over nothing is 0 with gradient 0;
 *   <li>the gradient may be the logits themselves, in place; a partial overlap is an error;
 *   <li>a call that throws has written nothing;
 *   <li>the bits of a row's results depend on that row alone: not on the vector width, on the other
 *       rows of the batch, nor on whether there are vectors at all.
 * </ul>
 */
public abstract sealed class RowLoss
    permits SoftmaxLoss,
        NegativeLogLikelihood,
        Distillation,
        MultiMargin,
        CrammerSinger,
        SparsemaxLoss {
  final double[] classWeights;
  final float[] classWeightsF32;
  final int ignoreIndex;
  final Reduction reduction;

  RowLoss(Builder<?> builder) {
    classWeights = builder.classWeights;
    ignoreIndex = builder.ignoreIndex;
    reduction = builder.reduction;
    classWeightsF32 = classWeights == null ? null : new float[classWeights.length];
    for (int c = 0; classWeights != null && c < classWeights.length; c++) {
      classWeightsF32[c] = (float) classWeights[c];
    }
  }

  /** The reduced loss of rows of logits; {@code labels.length} is the number of rows. */
  public final double loss(float[] logits, int[] labels) {
    return evaluate(logits.length, logits, null, labels, null, null);
  }

  /** The reduced loss of rows of logits; {@code labels.length} is the number of rows. */
  public final double loss(double[] logits, int[] labels) {
    return evaluate(logits.length, null, logits, labels, null, null);
  }

  /**
   * The reduced loss, and its derivative by every logit.
   *
   * @param gradient written; as long as {@code logits}, or that very array
   * @throws IllegalArgumentException if lengths do not fit or a label is out of range
   */
  public final double lossAndGradient(float[] logits, int[] labels, float[] gradient) {
    RowArguments.requireLength(gradient.length, logits.length);
    return evaluate(logits.length, logits, null, labels, gradient, null);
  }

  /**
   * The reduced loss, and its derivative by every logit.
   *
   * @param gradient written; as long as {@code logits}, or that very array
   * @throws IllegalArgumentException if lengths do not fit or a label is out of range
   */
  public final double lossAndGradient(double[] logits, int[] labels, double[] gradient) {
    RowArguments.requireLength(gradient.length, logits.length);
    return evaluate(logits.length, null, logits, labels, null, gradient);
  }

  /** The reduced loss of a batch. */
  public final double loss(Batch batch) {
    var workspace = batch.workspace();
    return evaluate(workspace, start(workspace, batch), batch.sum);
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
    RowArguments.requireGradient(batch, gradient);
    var workspace = batch.workspace();
    var call = start(workspace, batch);
    set(call.gradient, gradient);
    return evaluate(workspace, call, batch.sum);
  }

  static void set(Rows rows, Matrix matrix) {
    rows.set(matrix.floats(), matrix.doubles(), matrix.offset(), matrix.rowStride());
  }

  /** Row losses, totals and gradient, in the workspace's batch. */
  abstract void run(Workspace workspace, RowBatch batch);

  /** Refuses what this loss has no meaning for. */
  abstract void check(Batch batch);

  /** Refuses a call without a batch if this loss needs more than labels. */
  void checkWithoutTeacher() {}

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

  /** What a mean divides by, unless told otherwise. */
  Denominator usualDenominator(RowBatch batch) {
    return Denominator.WEIGHTS;
  }

  /** Rows that touch each other, in arrays of one type; no gradient if there is none to write. */
  private double evaluate(
      int elements,
      float[] logitsF32,
      double[] logitsF64,
      int[] labels,
      float[] gradientF32,
      double[] gradientF64) {
    var workspace = Workspace.ofThread();
    var batch = start(workspace, elements, labels);
    batch.logits.set(logitsF32, logitsF64, 0, batch.classes);
    batch.gradient.set(gradientF32, gradientF64, 0, batch.classes);
    return evaluate(workspace, batch, null);
  }

  final double evaluate(Workspace workspace, RowBatch batch, LossSum total) {
    return evaluate(workspace, batch, reduction, total);
  }

  /** The same under another reduction. */
  final double evaluate(Workspace workspace, RowBatch batch, Reduction reduction, LossSum total) {
    try {
      batch.ignoreIndex = ignoreIndex;
      batch.classWeightsF64 = classWeights;
      batch.classWeightsF32 = classWeightsF32;
      batch.count();
      double divisor =
          reduction.divisor(
              usualDenominator(batch), batch.weight.value(), batch.rowsKept(), batch.rows);
      boolean nothing = divisor == 0;
      if (nothing && batch.gradient.present()) {
        for (int row = 0; row < batch.rows; row++) {
          batch.gradient.fill(row, batch.classes, 0);
        }
        batch.gradient.clear();
      }
      batch.divideBy(divisor);
      run(workspace, batch);
      if (total != null) {
        total.sumTerm().add(batch.sum);
        total.weightTerm().add(batch.weight);
        total.nllTerm().add(batch.nll);
        boolean labelled = batch.labels != null && readsLabels();
        total.count(batch.rowsKept(), batch.rows, labelled ? batch.rowsKept() : 0);
      }
      return nothing ? 0 : batch.sum.value() / divisor;
    } finally {
      batch.clear();
    }
  }

  private RowBatch start(Workspace workspace, int elements, int[] labels) {
    checkWithoutTeacher();
    int rows = labels.length;
    if (rows == 0 ? elements != 0 : elements % rows != 0) {
      throw new IllegalArgumentException(
          "logits.length = %d, expected a multiple of labels.length = %d"
              .formatted(elements, rows));
    }
    var batch = workspace.batch;
    batch.rows = rows;
    batch.classes = rows == 0 ? 0 : elements / rows;
    RowArguments.requireClasses(batch.rows, batch.classes, classWeights);
    batch.labels = labels;
    batch.upstream = 1;
    return batch;
  }

  final RowBatch start(Workspace workspace, Batch from) {
    check(from);
    RowArguments.requireClasses(from.logits.rows(), from.logits.columns(), classWeights);
    from.requireUpstream(reduction);
    var batch = workspace.batch;
    var x = from.logits;
    batch.rows = x.rows();
    batch.classes = x.columns();
    batch.logits.set(x.floats(), x.doubles(), x.offset(), x.rowStride());
    var q = from.probabilities;
    if (q != null) {
      batch.probabilities.set(q.floats(), q.doubles(), q.offset(), q.rowStride());
    }
    var t = from.teacher;
    if (t != null) {
      batch.teacher.set(t.floats(), t.doubles(), t.offset(), t.rowStride());
      batch.teacherIndices = from.teacherIndices;
      batch.teacherWidth = t.columns();
    }
    batch.labels = from.labels;
    batch.mask = from.mask;
    batch.weights.set(from.weightsF32, from.weightsF64);
    batch.upstream = from.upstream;
    batch.upstreams.set(from.upstreamsF32, from.upstreamsF64);
    batch.losses.set(from.lossesF32, from.lossesF64);
    batch.allowed.set(from.allowed, x.columns());
    var statistics = from.statistics;
    batch.statistics = statistics.any();
    batch.logSumExps.set(null, statistics.logSumExp);
    batch.entropies.set(null, statistics.entropy);
    batch.labelProbabilities.set(null, statistics.labelProbability);
    batch.correct = statistics.correct;
    return batch;
  }

  /**
   * The options that every loss of rows has.
   *
   * @param <B> the builder itself
   */
  public abstract static sealed class Builder<B extends Builder<B>>
      permits SoftmaxLoss.Builder,
          NegativeLogLikelihood.Builder,
          Distillation.Builder,
          MultiMargin.Builder,
          CrammerSinger.Builder,
          SparsemaxLoss.Builder {
    double[] classWeights;
    int ignoreIndex = -100;
    Reduction reduction = Reduction.MEAN;

    Builder() {}

    abstract B self();

    /**
     * A weight for each class; default 1 each.
     *
     * @throws IllegalArgumentException if one is infinite
     */
    public B classWeights(double... weights) {
      classWeights = Options.weights("classWeights", weights);
      return self();
    }

    /** The label of rows to mask; default -100. It may be a class. */
    public B ignoreIndex(int index) {
      ignoreIndex = index;
      return self();
    }

    /** How row losses become one; default {@link Reduction#MEAN}. */
    public B reduction(Reduction reduction) {
      this.reduction = Objects.requireNonNull(reduction);
      return self();
    }
  }
}
