package io.github.surprisal.bench.workload;

import io.github.surprisal.bench.peer.Workload;
import io.github.surprisal.catalog.PointwiseInfo;
import io.github.surprisal.catalog.RowInfo;
import io.github.surprisal.catalog.Values;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.rows.RowLoss;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * A loss that the benchmark measures: the kernel, the name and options that {@code evaluate} knows
 * it by, and what its inputs are like.
 *
 * @param name its name in the benchmark: that of {@code evaluate}, then what differs from the usual
 *     options
 * @param predictions what predictions are
 * @param targets what targets are
 * @param formula the kernel of a pointwise loss, else null
 * @param rows the kernel of a loss of rows with so many classes, else null
 * @param options of {@code evaluate}, for so many classes
 */
public record MeasuredLoss(
    String name,
    Values predictions,
    Values targets,
    Formula formula,
    IntFunction<RowLoss> rows,
    IntFunction<Map<String, Object>> options) {
  private static final long SEED = 20_251_123;

  static MeasuredLoss of(PointwiseInfo info) {
    return new MeasuredLoss(
        info.name(),
        info.predictions(),
        info.targets() == Values.PROBABILITY && info.predictions() != Values.LOG_PROBABILITY
            ? Values.BINARY
            : info.targets(),
        info.formula(),
        null,
        classes -> Map.of());
  }

  static MeasuredLoss of(RowInfo info) {
    var loss = info.loss();
    return new MeasuredLoss(
        info.name(),
        info.predictions(),
        info.targets(),
        null,
        classes -> loss,
        classes -> Map.of());
  }

  /** This loss with another option, by its name here. */
  MeasuredLoss with(String option, Formula formula, Map<String, Object> options) {
    return new MeasuredLoss(
        name + '+' + option, predictions, targets, formula, null, classes -> options);
  }

  /** This loss with another option, by its name here. */
  MeasuredLoss with(
      String option, IntFunction<RowLoss> rows, IntFunction<Map<String, Object>> options) {
    return new MeasuredLoss(name + '+' + option, predictions, targets, null, rows, options);
  }

  /** What {@code evaluate} calls it. */
  public String caseName() {
    int end = name.indexOf('+');
    return end < 0 ? name : name.substring(0, end);
  }

  /** The class of its kernel, by which it may be named too. */
  public String className() {
    return (isOfRows() ? rows.apply(2) : formula).getClass().getSimpleName();
  }

  /** Whether it is a loss of rows of classes. */
  public boolean isOfRows() {
    return rows != null;
  }

  /** Whether its targets are a label a row. */
  public boolean isOfLabels() {
    return targets == Values.CLASS;
  }

  /** What {@code evaluate} calls the targets that are as many as predictions. */
  public String targetName() {
    return isOfRows() ? "teacher_logits" : "targets";
  }

  /** What {@code evaluate} calls the further input of each element, or null. */
  public String parameterName() {
    return formula == null ? null : formula.parameterName();
  }

  /** The kernel of a pointwise loss. */
  public PointwiseLoss pointwise() {
    return PointwiseLoss.builder(formula).build();
  }

  /** A batch to measure. */
  public Workload draw(Shape shape) {
    return draw(shape, 1);
  }

  /** A batch whose numbers are {@code scale} times as large, or as far from one half. */
  public Workload draw(Shape shape, double scale) {
    var random = new SplittableRandom(SEED);
    int elements = (int) shape.elements();
    float[] predictions = new float[elements];
    float[] targets = isOfLabels() ? null : new float[elements];
    boolean hasParameter = formula != null && formula.parameterName() != null;
    float[] parameter =
        hasParameter && formula.parameterValues() == null ? new float[elements] : null;
    for (int i = 0; i < elements; i++) {
      predictions[i] = Draw.of(this.predictions, random, scale);
      if (targets != null) {
        targets[i] = Draw.of(this.targets, random, scale);
      }
      if (parameter != null) {
        parameter[i] = 0.5f + (float) random.nextDouble();
      }
    }
    int[] labels = isOfLabels() ? random.ints(shape.rows(), 0, shape.classes()).toArray() : null;
    return new Workload(
        name, shape.rows(), shape.classes(), predictions, labels, targets, parameter);
  }

  @Override
  public String toString() {
    return name;
  }
}
