package io.github.surprisal.rows;

import io.github.surprisal.Inputs;
import io.github.surprisal.LossSum;
import io.github.surprisal.Matrix;
import io.github.surprisal.internal.call.CallInputs;
import io.github.surprisal.internal.call.Matrices;
import io.github.surprisal.internal.reduction.AllowedClasses;
import java.util.Objects;

/**
 * What one call of a {@link RowLoss} works on: rows of logits, their targets, and whatever of row
 * weights, mask, upstream factors and further outputs is wanted.
 */
public final class Batch extends Inputs<Batch> {
  final Matrix logits;
  final Matrix probabilities;
  int[] labels;
  Matrix teacher;
  int[] teacherIndices;
  long[] allowed;
  RowStatistics statistics = RowStatistics.none();

  private Batch(Matrix logits, Matrix probabilities) {
    super(new CallInputs());
    this.logits = logits;
    this.probabilities = probabilities;
  }

  /**
   * Rows of logits, each with the label of one class.
   *
   * @throws IllegalArgumentException if there is not one label a row
   */
  public static Batch of(Matrix logits, int[] labels) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(labels, "labels");
    return new Batch(logits, null).labels(labels);
  }

  /** Rows of logits that have a {@link #teacher}, without labels. */
  public static Batch of(Matrix logits) {
    Objects.requireNonNull(logits, "logits");
    return new Batch(logits, null);
  }

  /**
   * Rows of logits, each with a probability for every class. They need not sum to 1 and may have
   * any sign.
   *
   * @throws IllegalArgumentException if shape or type differ
   */
  public static Batch of(Matrix logits, Matrix probabilities) {
    Objects.requireNonNull(logits, "logits");
    Objects.requireNonNull(probabilities, "probabilities");
    Matrices.requireLike("probabilities", probabilities, "logits", logits);
    return new Batch(logits, probabilities);
  }

  /**
   * Labels beside probability targets or a teacher: a row labelled with the ignored index is
   * masked, and beside probabilities, the labels' own negative log-likelihood goes to the {@link
   * LossSum}.
   */
  public Batch labels(int[] labels) {
    Objects.requireNonNull(labels, "labels");
    requireLength("labels", labels.length);
    return with(batch -> batch.labels = labels);
  }

  /**
   * The logits of the teacher of a {@link Distillation}; -infinity is an impossible class.
   *
   * @throws IllegalArgumentException if shape or type differ from those of the logits
   */
  public Batch teacher(Matrix logits) {
    Objects.requireNonNull(logits, "logits");
    Matrices.requireLike("teacher", logits, "logits", this.logits);
    return with(batch -> {
      batch.teacher = logits;
      batch.teacherIndices = null;
    });
  }

  /**
   * A teacher of a {@link Distillation} of whom the k most likely classes of each row are known, in
   * the layout of PyTorch's {@code topk}. The other classes have probability 0. Exponentials of
   * log-probabilities, or of logits less their log-sum-exp, are such probabilities.
   *
   * @param indices the classes, [rows, k], row after row, each once in its row; those of a masked
   *     row are not read
   * @param probabilities theirs, [rows, k]; they need not sum to 1
   * @throws IllegalArgumentException if shapes or types do not fit
   */
  public Batch teacher(int[] indices, Matrix probabilities) {
    Objects.requireNonNull(indices, "indices");
    Objects.requireNonNull(probabilities, "probabilities");
    Matrices.requireTypeOf("teacher", probabilities, "logits", logits);
    int rows = logits.rows();
    if (probabilities.rows() != rows) {
      throw new IllegalArgumentException(
          "teacher = %s, expected as many rows as logits = %s".formatted(probabilities, logits));
    }
    long cells = (long) rows * probabilities.columns();
    if (indices.length != cells) {
      throw new IllegalArgumentException(
          "indices.length = %d, expected one a probability, %d".formatted(indices.length, cells));
    }
    return with(batch -> {
      batch.teacher = probabilities;
      batch.teacherIndices = indices;
    });
  }

  /**
   * The classes that rows may have: class j is allowed where bit j mod 64 of word j / 64 is set.
   * One set of {@code ceil(classes / 64)} words for all rows, or one a row, row after row. Another
   * class has probability 0, gradient +0, and no share of label smoothing; its logit is not read.
   *
   * @throws IllegalArgumentException if the number of words is neither
   */
  public Batch allowed(long[] words) {
    Objects.requireNonNull(words, "words");
    int set = AllowedClasses.words(logits.columns());
    if (words.length != set && words.length != (long) set * logits.rows()) {
      throw new IllegalArgumentException(
          "allowed.length = %d, expected %d, or %d for each of %d rows"
              .formatted(words.length, set, set, logits.rows()));
    }
    return with(batch -> batch.allowed = words);
  }

  /**
   * Where further numbers of each row go.
   *
   * @throws IllegalArgumentException if an array has not one element a row
   */
  public Batch statistics(RowStatistics statistics) {
    Objects.requireNonNull(statistics, "statistics");
    requireLength("logSumExp", statistics.logSumExp);
    requireLength("entropy", statistics.entropy);
    requireLength("labelProbability", statistics.labelProbability);
    if (statistics.correct != null) {
      requireLength("correct", statistics.correct.length);
    }
    return with(batch -> batch.statistics = statistics);
  }

  /** The logits that it was made of. */
  public Matrix logits() {
    return logits;
  }

  private void requireLength(String name, double[] values) {
    if (values != null) {
      requireLength(name, values.length);
    }
  }

  @Override
  protected int count() {
    return logits.rows();
  }

  @Override
  protected String each() {
    return "a row";
  }

  /** What every call may bring along. */
  CallInputs common() {
    return given();
  }
}
