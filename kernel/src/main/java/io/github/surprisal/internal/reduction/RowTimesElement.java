package io.github.surprisal.internal.reduction;

/**
 * Products of the weight of a row and that of its element. Where double could not hold all of a
 * call, they are held over a power of two, as {@link Totals} says of class weights.
 */
final class RowTimesElement {
  private static final int MOST_EXPONENT = 1000;

  /** The product is 2 to this times what {@link #weigh} gives. */
  private int exponent;

  /** Looks through the weights of a call; returns the exponent that products are held over. */
  int start(ElementBatch batch) {
    int most = 0;
    int least = 0;
    boolean both = batch.weights.present() && batch.rowWeights.present();
    for (int i = 0; both && i < batch.length; i++) {
      double weight = batch.rowWeights.get(i / batch.columns);
      int n = Factors.exponent(batch.weights.get(i)) + Factors.exponent(weight);
      most = Math.max(most, n);
      least = Math.min(least, n);
    }
    boolean holds = most <= MOST_EXPONENT && least >= -MOST_EXPONENT;
    exponent = holds ? 0 : (most + least) / 2;
    return exponent;
  }

  /** Multiplies n weights of elements by those of rows. A weight of 0 masks, whatever the other. */
  void weigh(ElementBatch batch, int from, int n) {
    double[] weights = batch.blockWeights;
    int row = from / batch.columns;
    int end = batch.columns - from % batch.columns;
    for (int i = 0; i < n; row++, end = batch.columns) {
      double weight = batch.rowWeights.get(row);
      for (int to = i + Math.min(n - i, end); i < to; i++) {
        boolean masked = weights[i] == 0 || weight == 0;
        weights[i] = masked ? 0 : product(weights[i], weight);
      }
    }
  }

  private double product(double a, double b) {
    return exponent == 0 ? a * b : Factors.quotient(a, b, 1, -exponent, 1);
  }
}
