package io.github.surprisal;

/**
 * What one call of a {@link RowLoss} works on: rows of logits, their targets, and whatever of row
 * weights, mask, upstream factors and further outputs is wanted.
 */
public final class Batch extends Inputs<Batch> {
  final Matrix logits;
  final Matrix probabilities;
  int[] labels;

  private Batch(Matrix logits, Matrix probabilities) {
    this.logits = logits;
    this.probabilities = probabilities;
  }

  /**
   * Rows of logits, each with the label of one class.
   *
   * @throws IllegalArgumentException if there is not one label a row
   */
  public static Batch of(Matrix logits, int[] labels) {
    return new Batch(logits, null).labels(labels);
  }

  /**
   * Rows of logits, each with a probability for every class. They need not sum to 1; a negative one
   * makes its row NaN.
   *
   * @throws IllegalArgumentException if shape or type differ
   */
  public static Batch of(Matrix logits, Matrix probabilities) {
    probabilities.requireLike("probabilities", "logits", logits);
    return new Batch(logits, probabilities);
  }

  /**
   * Labels beside probability targets: a row labelled with the ignored index is masked, and the
   * labels' own negative log-likelihood goes to the {@link LossSum}.
   */
  public Batch labels(int[] labels) {
    requireLength("labels", labels.length);
    return with(batch -> batch.labels = labels);
  }

  @Override
  int count() {
    return logits.rows();
  }

  @Override
  String each() {
    return "a row";
  }
}
