package io.github.surprisal.reference;

/**
 * The arguments of one call of a loss over rows of classes. Arrays are not copied.
 *
 * @param input logits or log-probabilities, [rows, classes], row after row
 * @param rows number of rows
 * @param classes number of classes
 * @param labels one class per row; null if the targets are {@code probabilities}. Beside
 *     probabilities a label serves to ignore its row and for the negative log-likelihood
 * @param probabilities target probabilities, [rows, classes]; null if the targets are labels
 * @param rowWeights one weight per row, or null for 1
 * @param rowMask true where a row is kept, or null for all
 * @param allowedClasses true where a class is allowed, [classes] for every row or [rows, classes];
 *     null for all
 * @param upstream gradient of the result: one number, or with {@link Reduction#NONE} one per row;
 *     null for 1
 * @param type the type of the input, in which thresholds are numbers
 */
public record RowBatch(
    double[] input,
    int rows,
    int classes,
    int[] labels,
    double[] probabilities,
    double[] rowWeights,
    boolean[] rowMask,
    boolean[] allowedClasses,
    double[] upstream,
    Precision type) {

  /** Checks the sizes. */
  public RowBatch {
    Arguments.require(rows >= 0, "rows", rows, ">= 0");
    Arguments.require(classes >= 1, "classes", classes, ">= 1");
    int cells = Math.multiplyExact(rows, classes);
    Arguments.requireLength("input", input.length, cells);
    if (labels != null) {
      Arguments.requireLength("labels", labels.length, rows);
    }
    if (probabilities != null) {
      Arguments.requireLength("probabilities", probabilities.length, cells);
    }
    if (rowWeights != null) {
      Arguments.requireLength("rowWeights", rowWeights.length, rows);
    }
    if (rowMask != null) {
      Arguments.requireLength("rowMask", rowMask.length, rows);
    }
    if (allowedClasses != null && allowedClasses.length != classes) {
      Arguments.requireLength("allowedClasses", allowedClasses.length, cells);
    }
  }

  /** A batch of doubles without targets yet. */
  public static RowBatch of(double[] input, int rows, int classes) {
    return new RowBatch(
        input, rows, classes, null, null, null, null, null, null, Precision.FLOAT64);
  }

  /** This batch with one class per row. */
  public RowBatch withLabels(int... labels) {
    return new RowBatch(
        input,
        rows,
        classes,
        labels,
        probabilities,
        rowWeights,
        rowMask,
        allowedClasses,
        upstream,
        type);
  }

  /** This batch with target probabilities. */
  public RowBatch withProbabilities(double... probabilities) {
    return new RowBatch(
        input,
        rows,
        classes,
        labels,
        probabilities,
        rowWeights,
        rowMask,
        allowedClasses,
        upstream,
        type);
  }

  /** This batch with one weight per row. */
  public RowBatch withRowWeights(double... rowWeights) {
    return new RowBatch(
        input,
        rows,
        classes,
        labels,
        probabilities,
        rowWeights,
        rowMask,
        allowedClasses,
        upstream,
        type);
  }

  /** This batch with the rows to keep. */
  public RowBatch withRowMask(boolean... rowMask) {
    return new RowBatch(
        input,
        rows,
        classes,
        labels,
        probabilities,
        rowWeights,
        rowMask,
        allowedClasses,
        upstream,
        type);
  }

  /** This batch with the classes to allow, the same in every row or row after row. */
  public RowBatch withAllowedClasses(boolean... allowedClasses) {
    return new RowBatch(
        input,
        rows,
        classes,
        labels,
        probabilities,
        rowWeights,
        rowMask,
        allowedClasses,
        upstream,
        type);
  }

  /** This batch with an upstream gradient. */
  public RowBatch withUpstream(double... upstream) {
    return new RowBatch(
        input,
        rows,
        classes,
        labels,
        probabilities,
        rowWeights,
        rowMask,
        allowedClasses,
        upstream,
        type);
  }

  /** This batch, of numbers of another type. */
  public RowBatch withType(Precision type) {
    return new RowBatch(
        input,
        rows,
        classes,
        labels,
        probabilities,
        rowWeights,
        rowMask,
        allowedClasses,
        upstream,
        type);
  }

  /** Throws unless there are labels or target probabilities. */
  void requireTargets() {
    if (labels == null && probabilities == null) {
      throw new IllegalArgumentException("labels = null, expected labels or probabilities");
    }
  }

  /** Throws unless there are labels and no target probabilities. */
  void requireLabels() {
    if (labels == null) {
      throw new IllegalArgumentException("labels = null, expected one label per row");
    }
    Arguments.requireNull("probabilities", probabilities);
  }

  /** Whether the row contributes; an ignored row is not read at all. */
  boolean isKept(int row, int ignoreIndex) {
    return (rowMask == null || rowMask[row])
        && (rowWeights == null || rowWeights[row] != 0)
        && (labels == null || labels[row] != ignoreIndex);
  }

  /** Whether the class may be chosen in the row. */
  boolean isAllowed(int row, int j) {
    return allowedClasses == null
        || allowedClasses[allowedClasses.length == classes ? j : row * classes + j];
  }

  double rowWeight(int row) {
    return rowWeights == null ? 1 : rowWeights[row];
  }

  double upstream(int row) {
    return upstream == null ? 1 : upstream[upstream.length == 1 ? 0 : row];
  }
}
