package io.github.surprisal.reference;

import java.util.List;

/**
 * A loss of rows of scores against labels, or for {@link ProbabilityLosses} target probabilities.
 *
 * <p>A class weight multiplies the loss of its labels. A row with a NaN or +infinity score, with
 * impossible classes alone (-infinity, or not allowed), or that reads a NaN weight or probability,
 * is NaN. An ignored row is not read, gives 0 and has gradient +0.
 *
 * @param formula the loss
 * @param options class weights, ignored label, reduction and denominator
 * @param logitOptions temperature and softcap
 */
public record ClassificationReference(
    ClassificationFormula formula, RowOptions options, LogitOptions logitOptions) {

  /** A loss of the scores as they are. */
  public ClassificationReference(ClassificationFormula formula, RowOptions options) {
    this(formula, options, LogitOptions.DEFAULT);
  }

  /** The loss and its gradient, in 100 digits for a small batch and double-double for a large. */
  public LossResult<?> evaluate(RowBatch batch) {
    return reduction(batch).evaluate();
  }

  /** Evaluates in a given arithmetic. */
  <R extends Real<R>> LossResult<R> evaluate(RowBatch batch, R one) {
    return reduction(batch).evaluate(one);
  }

  private RowReduction reduction(RowBatch batch) {
    if (formula.takesProbabilities()) {
      batch.requireTargets();
    } else {
      batch.requireLabels();
    }
    boolean count = batch.probabilities() != null;
    Denominator usual = count ? Denominator.KEPT : formula.defaultDenominator();
    return new RowReduction(batch, options, usual, new Rows(this, batch));
  }

  /** The formula over the rows of one batch. */
  private record Rows(ClassificationReference loss, RowBatch batch) implements RowLoss {

    @Override
    public <R extends Real<R>> Row<R> row(int row, R one) {
      LogitRow<R> scores = LogitRow.of(batch.input(), loss.logitOptions(), batch, row, one);
      if (!scores.isDefined()) {
        return Row.uniform(batch.classes(), one.constant(Double.NaN));
      }
      List<R> targets = Targets.of(batch, row, loss.options(), 0, one);
      int label = batch.labels() == null ? -1 : batch.labels()[row];
      var result = loss.formula().at(scores.values(), targets, label, batch.type());
      return new Row<>(result.value(), scores.gradient(result.slopes()), result.labelNll());
    }
  }
}
