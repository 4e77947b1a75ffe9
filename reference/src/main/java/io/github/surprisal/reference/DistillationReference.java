package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * Distillation of a teacher, mixed with the cross-entropy of labels.
 *
 * <pre>
 * Q = softmax(x / temperature),  P = softmax(t / teacherTemperature)
 * loss = hardWeight w_y (-log softmax(x)_y) + (1 - hardWeight) s D(P, Q)
 * </pre>
 *
 * <p>with x the student's logits, t the teacher's, D the divergence, w the class weights, which the
 * hard part alone has, and s = temperature^2 (as Hinton et al. 2015, so that the gradient keeps its
 * size) or 1. Classes that are not allowed are impossible on both sides. MEAN divides by the number
 * of rows kept, unless told otherwise: what PyTorch calls batchmean.
 *
 * <p>Labels are needed for the hard part; without it they may ignore rows. A part of weight 0 is
 * not read. A row with a NaN or +infinity logit on either side, or with impossible classes alone,
 * is NaN. An ignored row is not read, gives 0 and has gradient +0.
 *
 * @param divergence D
 * @param options class weights, ignored label, reduction and denominator
 * @param temperature of the student, positive
 * @param teacherTemperature of the teacher, positive
 * @param temperatureSquared whether s = temperature^2
 * @param hardWeight from 0 to 1
 */
public record DistillationReference(
    Divergence divergence,
    RowOptions options,
    double temperature,
    double teacherTemperature,
    boolean temperatureSquared,
    double hardWeight) {

  /** Checks the numbers. */
  public DistillationReference {
    Arguments.requirePositive("temperature", temperature);
    Arguments.requirePositive("teacherTemperature", teacherTemperature);
    Arguments.requireUnit("hardWeight", hardWeight);
  }

  /** The divergence alone, with one temperature on both sides. */
  public DistillationReference(Divergence divergence, RowOptions options, double temperature) {
    this(divergence, options, temperature, temperature, false, 0);
  }

  /** Loss and gradient, in 100 digits for a small batch and double-double for a large. */
  public LossResult<?> evaluate(RowBatch batch, Teacher teacher) {
    return reduction(batch, teacher).evaluate();
  }

  /** Evaluates in a given arithmetic. */
  <R extends Real<R>> LossResult<R> evaluate(RowBatch batch, Teacher teacher, R one) {
    return reduction(batch, teacher).evaluate(one);
  }

  private RowReduction reduction(RowBatch batch, Teacher teacher) {
    Arguments.requireNull("probabilities", batch.probabilities());
    if (hardWeight != 0) {
      batch.requireLabels();
    }
    teacher.require(batch, options.ignoreIndex());
    return new RowReduction(batch, options, Denominator.KEPT, new Rows(this, batch, teacher));
  }

  /** The formula over the rows of one batch. */
  private record Rows(DistillationReference loss, RowBatch batch, Teacher teacher)
      implements RowLoss {

    @Override
    public <R extends Real<R>> Row<R> row(int row, R one) {
      R hard = one.constant(loss.hardWeight());
      Row<R> labels = hard.isZero() ? null : hardPart(row, one);
      Row<R> divergence = one.subtract(hard).isZero() ? null : softPart(row, one);
      return divergence == null
          ? labels
          : labels == null ? divergence : mixture(labels, divergence, hard);
    }

    private <R extends Real<R>> Row<R> hardPart(int row, R one) {
      var reference = new CrossEntropyReference(loss.options(), 0);
      return new CrossEntropyRows(reference, batch).row(row, one);
    }

    private <R extends Real<R>> Row<R> softPart(int row, R one) {
      LogitOptions student = LogitOptions.DEFAULT.withTemperature(loss.temperature());
      LogitOptions other = LogitOptions.DEFAULT.withTemperature(loss.teacherTemperature());
      LogitRow<R> logits = LogitRow.of(batch.input(), student, batch, row, one);
      TeacherRow<R> p = TeacherRow.of(teacher, other, batch, row, one);
      R nan = one.constant(Double.NaN);
      if (p == null || !logits.isDefined()) {
        return Row.uniform(batch.classes(), nan);
      }
      var result = DivergenceRow.of(loss.divergence(), p, new SoftmaxRow<>(logits.values()));
      R t = one.constant(loss.temperatureSquared() ? loss.temperature() : 1);
      R scale = t.multiply(t);
      List<Terms<R>> gradient = logits.gradient(result.gradient());
      return new Row<>(
          result.value().times(scale), gradient.stream().map(x -> x.times(scale)).toList(), nan);
    }

    private static <R extends Real<R>> Row<R> mixture(Row<R> hard, Row<R> soft, R weight) {
      R rest = weight.constant(1).subtract(weight);
      List<Terms<R>> gradient = new ArrayList<>();
      for (int j = 0; j < hard.gradient().size(); j++) {
        gradient.add(hard.gradient().get(j).times(weight).plus(soft.gradient().get(j).times(rest)));
      }
      Terms<R> value = hard.loss().times(weight).plus(soft.loss().times(rest));
      return new Row<>(value, gradient, hard.labelNll());
    }

    @Override
    public boolean weighsLabels(RowBatch batch) {
      return false;
    }
  }
}
