package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * The target masses t of one row.
 *
 * <pre>
 * t_j = w_j ([j = label] (1 - eps) + [j allowed] eps / A)     for a label
 * t_j = w_j (q_j (1 - eps) + [j allowed] eps / A)             for target probabilities q
 * </pre>
 *
 * <p>with w the class weights and eps the label smoothing over the A allowed classes.
 */
final class Targets {

  private Targets() {}

  static <R extends Real<R>> List<R> of(
      RowBatch batch, int row, RowOptions options, double labelSmoothing, R one) {
    R eps = one.constant(labelSmoothing);
    R kept = one.subtract(eps);
    int allowed = 0;
    for (int j = 0; j < batch.classes(); j++) {
      allowed += batch.isAllowed(row, j) ? 1 : 0;
    }
    List<R> targets = new ArrayList<>();
    for (int j = 0; j < batch.classes(); j++) {
      R t = mass(batch, row, j, one).weightedBy(kept);
      t = batch.isAllowed(row, j) ? t.add(eps.divide(one.constant(allowed))) : t;
      // A label without smoothing reads the weight of its own class alone.
      boolean unread = batch.probabilities() == null && batch.labels()[row] != j && t.isZero();
      targets.add(unread ? t : options.classWeight(j, one).weightedBy(t));
    }
    return targets;
  }

  private static <R extends Real<R>> R mass(RowBatch batch, int row, int j, R one) {
    return batch.probabilities() == null
        ? one.constant(batch.labels()[row] == j ? 1 : 0)
        : one.constant(batch.probabilities()[row * batch.classes() + j]);
  }
}
