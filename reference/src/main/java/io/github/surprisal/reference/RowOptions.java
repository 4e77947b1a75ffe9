package io.github.surprisal.reference;

/**
 * The options that losses over rows of classes have in common. Immutable; the defaults are
 * PyTorch's.
 *
 * @param classWeights one weight per class, or null for 1
 * @param ignoreIndex rows of this label are ignored
 * @param reduction how the rows combine
 * @param denominator what MEAN divides by, or null for the default of the loss
 */
public record RowOptions(
    double[] classWeights, int ignoreIndex, Reduction reduction, Denominator denominator) {

  /** No class weights, ignoreIndex -100, MEAN over the default denominator of the loss. */
  public static final RowOptions DEFAULT = new RowOptions(null, -100, Reduction.MEAN, null);

  /** Copies the weights. */
  public RowOptions {
    classWeights = classWeights == null ? null : classWeights.clone();
  }

  /** These options with one weight per class. */
  public RowOptions withClassWeights(double... classWeights) {
    return new RowOptions(classWeights, ignoreIndex, reduction, denominator);
  }

  /** These options with another label to ignore. */
  public RowOptions withIgnoreIndex(int ignoreIndex) {
    return new RowOptions(classWeights, ignoreIndex, reduction, denominator);
  }

  /** These options with another reduction. */
  public RowOptions withReduction(Reduction reduction) {
    return new RowOptions(classWeights, ignoreIndex, reduction, denominator);
  }

  /** These options with another denominator. */
  public RowOptions withDenominator(Denominator denominator) {
    return new RowOptions(classWeights, ignoreIndex, reduction, denominator);
  }

  /** The weight of a class in the given arithmetic. */
  <R extends Real<R>> R classWeight(int label, R one) {
    return classWeights == null ? one : one.constant(classWeights[label]);
  }
}
