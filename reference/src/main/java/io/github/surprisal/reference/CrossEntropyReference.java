package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * Softmax cross-entropy of logits against labels or target probabilities.
 *
 * <pre>
 * p = softmax(x)
 * t_j = w_j ([j = label] (1 - eps) + eps / C)     for a label
 * t_j = w_j (q_j (1 - eps) + eps / C)             for target probabilities q
 * loss = sum_j t_j (-log p_j)
 * d loss / d x_j = (sum_i t_i) p_j - t_j
 * </pre>
 *
 * <p>with w the class weights and eps the label smoothing over C classes. MEAN divides by the sum
 * of weights for labels and by the number of rows kept for probabilities, unless told otherwise.
 *
 * <p>Special cases: 0 log 0 = 0. A logit of -infinity is an impossible class; a target on it gives
 * loss +infinity and a finite gradient. A row with a NaN or +infinity logit, with -infinity alone,
 * or that reads a NaN or negative weight or probability, is NaN. An ignored row is not read, gives
 * 0 and has gradient +0.
 *
 * @param options class weights, ignored label, reduction and denominator
 * @param labelSmoothing eps, from 0 to 1
 */
public record CrossEntropyReference(RowOptions options, double labelSmoothing) {

  /** Checks the smoothing. */
  public CrossEntropyReference {
    Arguments.requireUnit("labelSmoothing", labelSmoothing);
  }

  /** The loss and its gradient, in 100 digits for a small batch and double-double for a large. */
  public LossResult<?> evaluate(RowBatch batch) {
    return reduction(batch).evaluate();
  }

  /** The same in a given arithmetic. */
  <R extends Real<R>> LossResult<R> evaluate(RowBatch batch, R one) {
    return reduction(batch).evaluate(one);
  }

  private RowReduction reduction(RowBatch batch) {
    Denominator usual = batch.probabilities() == null ? Denominator.WEIGHTS : Denominator.KEPT;
    return new RowReduction(batch, options, usual, new Formula(this, batch));
  }

  /** The formula over the rows of one batch. */
  private record Formula(CrossEntropyReference loss, RowBatch batch) implements RowLoss {

    @Override
    public <R extends Real<R>> Row<R> row(int row, R one) {
      List<R> logits = new ArrayList<>();
      for (int j = 0; j < batch.classes(); j++) {
        logits.add(one.constant(batch.input()[row * batch.classes() + j]));
      }
      int label = batch.labels() == null ? -1 : batch.labels()[row];
      return crossEntropy(logits, loss.targets(batch, row, one), label);
    }
  }

  /** The targets t of one row. */
  <R extends Real<R>> List<R> targets(RowBatch batch, int row, R one) {
    int classes = batch.classes();
    R eps = one.constant(labelSmoothing);
    R kept = one.subtract(eps);
    R spread = eps.divide(one.constant(classes));
    List<R> targets = new ArrayList<>();
    for (int j = 0; j < classes; j++) {
      R q;
      if (batch.probabilities() != null) {
        q = one.constant(RowOptions.nonNegative(batch.probabilities()[row * classes + j]));
      } else {
        q = one.constant(batch.labels()[row] == j ? 1 : 0);
      }
      R t = q.weightedBy(kept).add(spread);
      // A label without smoothing reads the weight of its own class alone.
      boolean unread = batch.probabilities() == null && t.isZero();
      targets.add(unread ? t : options.classWeight(j, one).weightedBy(t));
    }
    return targets;
  }

  /**
   * The formula of one row; a label of -1 stands for none. At the argmax k the gradient is
   *
   * <pre>
   * a p_k - t_k = (sum of t_i, i != k) - a (1 - p_k),  a = sum of all t_i
   * </pre>
   */
  static <R extends Real<R>> RowLoss.Row<R> crossEntropy(
      List<R> logits, List<R> targets, int label) {
    R zero = targets.get(0).constant(0);
    SoftmaxRow<R> softmax = new SoftmaxRow<>(logits);
    int k = softmax.argmax();
    R others = PairwiseSum.except(targets, k);
    R a = others.add(targets.get(k));
    if (!softmax.isDefined()) {
      return RowLoss.Row.uniform(targets.size(), zero.constant(Double.NaN));
    }
    List<R> losses = new ArrayList<>();
    List<R> gradient = new ArrayList<>();
    List<R> terms = new ArrayList<>();
    for (int j = 0; j < targets.size(); j++) {
      R t = targets.get(j);
      R gain = a.multiply(softmax.probability(j));
      losses.add(softmax.nll(j).weightedBy(t));
      gradient.add(
          j == k ? others.subtract(a.multiply(softmax.argmaxComplement())) : gain.subtract(t));
      terms.add(gain.isGreaterThan(t) ? gain : t);
    }
    R labelNll = label < 0 ? zero.constant(Double.NaN) : softmax.nll(label);
    R loss = PairwiseSum.of(losses, zero);
    return new RowLoss.Row<>(loss, gradient, terms, labelNll);
  }
}
