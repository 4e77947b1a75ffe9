package io.github.surprisal.rows;

import io.github.surprisal.internal.call.CallMemory;
import io.github.surprisal.internal.call.Fields;
import java.util.Objects;

/**
 * Where numbers of each row go that a softmax loss has at hand anyway. Unweighted; 0 and false for
 * a masked row, NaN and false for one that is NaN. With z the logits after temperature, softcap and
 * allowed classes, and p = softmax(z):
 *
 * <pre>
 *   logSumExp         log sum exp(z_j)
 *   entropy           -sum p_j log p_j
 *   labelProbability  p_y, NaN without a label
 *   correct           whether y is the first of the largest logits, as given, of allowed classes
 * </pre>
 *
 * Log-sum-exp is within 4 ulp of its largest term, entropy and label probability within the bound
 * of the loss. None takes an exponential; the entropy takes one more sum.
 *
 * <p>Immutable; arrays are referenced, not copied.
 */
public final class RowStatistics {
  final double[] logSumExp;
  final double[] entropy;
  final double[] labelProbability;
  final boolean[] correct;

  private RowStatistics(
      double[] logSumExp, double[] entropy, double[] labelProbability, boolean[] correct) {
    this.logSumExp = logSumExp;
    this.entropy = entropy;
    this.labelProbability = labelProbability;
    this.correct = correct;
  }

  /** Nothing yet. */
  public static RowStatistics none() {
    return new RowStatistics(null, null, null, null);
  }

  /** Also log-sum-exp, into one element a row. */
  public RowStatistics logSumExp(double[] to) {
    Objects.requireNonNull(to, "to");
    return new RowStatistics(to, entropy, labelProbability, correct);
  }

  /** Also the entropy, into one element a row. */
  public RowStatistics entropy(double[] to) {
    Objects.requireNonNull(to, "to");
    return new RowStatistics(logSumExp, to, labelProbability, correct);
  }

  /** Also the probability of the label, into one element a row. */
  public RowStatistics labelProbability(double[] to) {
    Objects.requireNonNull(to, "to");
    return new RowStatistics(logSumExp, entropy, to, correct);
  }

  /** Also whether the label is the first of the largest logits, into one element a row. */
  public RowStatistics correct(boolean[] to) {
    Objects.requireNonNull(to, "to");
    return new RowStatistics(logSumExp, entropy, labelProbability, to);
  }

  /** Lists these arrays. */
  void list(CallMemory memory) {
    memory.writes("logSumExp", logSumExp);
    memory.writes("entropy", entropy);
    memory.writes("labelProbability", labelProbability);
    memory.writes("correct", correct);
  }

  boolean any() {
    return logSumExp != null || entropy != null || labelProbability != null || correct != null;
  }

  @Override
  public String toString() {
    return Fields.text(this);
  }
}
