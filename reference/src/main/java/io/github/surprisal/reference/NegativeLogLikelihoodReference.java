package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Negative log-likelihood of labels under given log-probabilities.
 *
 * <pre>
 * loss = -w_y logp_y,   d loss / d logp_j = -w_y [j = y]
 * </pre>
 *
 * <p>with w the class weights and y the label. MEAN divides by the sum of weights, unless told
 * otherwise.
 *
 * <p>Special cases: log-probability -infinity costs +infinity, or 0 if the class weight is 0. A NaN
 * log-probability of the label makes the loss NaN, not the gradient, whose formula does not read
 * it. A NaN weight makes the row that reads it NaN. An ignored row is not read, gives 0 and has
 * gradient +0.
 *
 * @param options class weights, ignored label, reduction and denominator
 */
public record NegativeLogLikelihoodReference(RowOptions options) {

  /** The loss and its gradient; the batch has labels and no target probabilities. */
  public LossResult<?> evaluate(RowBatch batch) {
    batch.requireLabels();
    Arguments.requireNull("allowedClasses", batch.allowedClasses());
    return new RowReduction(batch, options, Denominator.WEIGHTS, new Formula(batch, options))
        .evaluate();
  }

  /** The formula over the rows of one batch. */
  private record Formula(RowBatch batch, RowOptions options) implements RowLoss {

    @Override
    public <R extends Real<R>> Row<R> row(int row, R one) {
      int label = batch.labels()[row];
      R nll = one.constant(batch.input()[row * batch.classes() + label]).negate();
      R weight = options.classWeight(label, one);
      // [j = y] w_y, which is NaN in the whole row if w_y is.
      R zero = weight.isNaN() ? weight : one.constant(0);
      List<Terms<R>> gradient =
          new ArrayList<>(Collections.nCopies(batch.classes(), Terms.of(zero)));
      gradient.set(label, Terms.of(weight.negate()));
      return new Row<>(Terms.of(nll.weightedBy(weight)), gradient, nll);
    }
  }
}
