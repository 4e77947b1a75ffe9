package io.github.surprisal.reference;

import java.util.List;

/**
 * The formula of a loss of the scores of one row against a label. The records in {@link
 * ProbabilityLosses} and {@link MulticlassLosses} are the formulas there are.
 */
public interface ClassificationFormula {

  /**
   * The loss and its slopes, for scores of which the largest is finite.
   *
   * @param scores z; -infinity is an impossible class
   * @param targets the mass of each class: class weight of the label, 0 elsewhere, or class weight
   *     times target probability
   * @param label the class of the label; -1 without one
   * @param type the type of the scores, in which thresholds are numbers
   */
  <R extends Real<R>> Slopes<R> at(List<R> scores, List<R> targets, int label, Precision type);

  /** Whether targets may be probabilities. */
  boolean takesProbabilities();

  /** What MEAN divides by unless told otherwise. */
  Denominator defaultDenominator();

  /**
   * What a formula gives for one row.
   *
   * @param value the loss
   * @param slopes its derivative by each score
   * @param labelNll plain negative log-likelihood of the label; NaN of a loss of scores that are no
   *     logits of a softmax
   */
  record Slopes<R extends Real<R>>(Terms<R> value, List<Terms<R>> slopes, R labelNll) {}
}
