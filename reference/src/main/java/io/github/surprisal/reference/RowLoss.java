package io.github.surprisal.reference;

import java.util.Collections;
import java.util.List;

/** The formula of one row, before row weight, upstream and denominator. */
interface RowLoss {

  /** The loss of a kept row and its gradient; {@code one} gives the arithmetic. */
  <R extends Real<R>> Row<R> row(int row, R one);

  /**
   * What a formula gives for one row.
   *
   * @param loss the loss
   * @param gradient its derivative by each input
   * @param terms per input, the largest magnitude of the terms that the derivative is the sum of
   * @param labelNll plain negative log-likelihood of the label; NaN without one
   */
  record Row<R extends Real<R>>(R loss, List<R> gradient, List<R> terms, R labelNll) {

    /** The same value everywhere: 0 in an ignored row, NaN in one that has no loss. */
    static <R extends Real<R>> Row<R> uniform(int classes, R value) {
      List<R> values = Collections.nCopies(classes, value);
      return new Row<>(value, values, values, value);
    }
  }
}
