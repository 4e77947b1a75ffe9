package io.github.surprisal.bench.peer;

import java.util.Arrays;

/**
 * A batch to compute the mean loss of, in float32.
 *
 * @param loss its name, as {@code evaluate} knows it
 * @param rows number of rows
 * @param columns number of classes of a row; pointwise losses take all elements alike
 * @param predictions logits or predictions, row by row; not to be written
 * @param labels the class of each row, or null
 * @param targets as many as predictions, such as a teacher's logits, or null for a loss of labels
 * @param parameter the further input of each element, such as a variance, or null
 */
public record Workload(
    String loss,
    int rows,
    int columns,
    float[] predictions,
    int[] labels,
    float[] targets,
    float[] parameter) {

  /** A workload of the first rows alone. */
  public Workload firstRows(int count) {
    int n = count * columns;
    return new Workload(
        loss,
        count,
        columns,
        Arrays.copyOf(predictions, n),
        labels == null ? null : Arrays.copyOf(labels, count),
        targets == null ? null : Arrays.copyOf(targets, n),
        parameter == null ? null : Arrays.copyOf(parameter, n));
  }

  /** Number of predictions. */
  public int elements() {
    return predictions.length;
  }
}
