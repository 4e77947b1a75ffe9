package io.github.surprisal.reference;

import java.util.Collections;
import java.util.List;

/** The formula of one row, before row weight, upstream and denominator. */
interface RowLoss {

  /** The loss of a kept row and its gradient; {@code one} gives the arithmetic. */
  <R extends Real<R>> Row<R> row(int row, R one);

  /** Whether a row has the class weight of its label in the sum of weights. */
  default boolean weighsLabels(RowBatch batch) {
    return batch.probabilities() == null;
  }

  /**
   * What a formula gives for one row.
   *
   * @param loss the loss
   * @param gradient its derivative by each input
   * @param labelNll plain negative log-likelihood of the label; NaN without one
   * @param outputs what cross-entropy gives beside; null of another loss
   */
  record Row<R extends Real<R>>(
      Terms<R> loss, List<Terms<R>> gradient, R labelNll, CrossEntropyOutputs<R> outputs) {

    Row(Terms<R> loss, List<Terms<R>> gradient, R labelNll) {
      this(loss, gradient, labelNll, null);
    }

    /** One value everywhere: 0 in an ignored row, NaN in one that has no loss. */
    static <R extends Real<R>> Row<R> uniform(int classes, R value) {
      Terms<R> terms = Terms.of(value);
      List<Terms<R>> each = Collections.nCopies(classes, terms);
      return new Row<>(
          terms, each, value, new CrossEntropyOutputs<>(terms, terms, value, false, each));
    }
  }
}
