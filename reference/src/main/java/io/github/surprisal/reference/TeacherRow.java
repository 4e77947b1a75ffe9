package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The probabilities P of one row of a {@link Teacher}.
 *
 * @param probabilities P
 * @param nlls -log P; infinity where P is 0
 * @param total the sum of P
 * @param others per class, the sum of P over the others
 */
record TeacherRow<R extends Real<R>>(List<R> probabilities, List<R> nlls, R total, List<R> others) {

  /** The row of a batch; null if it has no probabilities. */
  static <R extends Real<R>> TeacherRow<R> of(
      Teacher teacher, LogitOptions options, RowBatch batch, int row, R one) {
    return switch (teacher) {
      case Teacher.Logits t -> of(LogitRow.of(t.values(), options, batch, row, one), one);
      case Teacher.TopK t -> of(t, batch.classes(), row, one);
    };
  }

  private static <R extends Real<R>> TeacherRow<R> of(LogitRow<R> logits, R one) {
    if (!logits.isDefined()) {
      return null;
    }
    SoftmaxRow<R> softmax = new SoftmaxRow<>(logits.values());
    return new TeacherRow<>(
        softmax.perClass(softmax::probability),
        softmax.perClass(softmax::nll),
        one,
        softmax.perClass(softmax::complement));
  }

  private static <R extends Real<R>> TeacherRow<R> of(
      Teacher.TopK teacher, int classes, int row, R one) {
    List<R> dense = new ArrayList<>(Collections.nCopies(classes, one.constant(0)));
    for (int i = row * teacher.k(); i < (row + 1) * teacher.k(); i++) {
      // A negative one has no logarithm.
      double p = teacher.probabilities()[i];
      dense.set(teacher.indices()[i], one.constant(p >= 0 ? p : Double.NaN));
    }
    R total = PairwiseSum.of(dense, one.constant(0));
    List<R> nlls = dense.stream().map(p -> p.log().negate()).toList();
    List<R> others = new ArrayList<>();
    for (int j = 0; j < classes; j++) {
      // Most are 0: else this would take the square of their number.
      others.add(dense.get(j).isZero() ? total : PairwiseSum.except(dense, j));
    }
    return total.isNaN() ? null : new TeacherRow<>(dense, nlls, total, others);
  }
}
