package io.github.surprisal.internal.reduction;

/**
 * What multiplies the derivatives of a row: its weight, upstream factors and the denominator. Over
 * a power of two, if floats could not hold it, which is put right when the derivatives are there.
 */
final class RowFactors {
  private static final int MOST_EXPONENT = 60;

  private final RowBatch batch;
  private final Totals totals;
  private double ofAll;

  RowFactors(RowBatch batch) {
    this.batch = batch;
    totals = batch.totals;
  }

  /** Takes up a denominator. */
  void start() {
    ofAll = isOfAll() ? of(0) : Double.NaN;
  }

  /** Weight of a kept row: 1 if none was given. */
  double weight(int row) {
    return batch.weights.present() ? batch.weights.get(row) : 1;
  }

  /** Sums the weights of kept rows, exactly, since those of either sign may cancel. */
  void sumWeights() {
    double largest = 0;
    for (int row = 0; row < batch.rows; row++) {
      double size = batch.kept(row) ? Math.abs(weight(row)) : 0;
      largest = size > largest && size < Double.POSITIVE_INFINITY ? size : largest;
    }
    totals.rescale(largest);
    boolean weighsLabels = batch.weighsLabels();
    for (int row = 0; row < batch.rows; row++) {
      if (batch.kept(row)) {
        double weight = totals.held(weight(row));
        double ofLabel = weighsLabels ? batch.classWeightsF64[batch.labels[row]] : 1;
        double product = weight * ofLabel;
        totals.weight().add(product, Math.fma(weight, ofLabel, -product));
      }
    }
  }

  /** The factor of a kept row, over 2^{@link #exponent}. */
  double scale(int row) {
    return isOfAll() ? ofAll : of(row);
  }

  private boolean isOfAll() {
    return !batch.upstreams.present() && !batch.weights.present() && batch.classWeights == null;
  }

  private double of(int row) {
    double plain = plain(row);
    return Double.isNaN(plain)
        ? totals.factor(batch.upstream, upstream(row), weight(row), exponent(row))
        : plain;
  }

  /** The factor where plain arithmetic gives it and a float can hold it; else NaN. */
  private double plain(int row) {
    double plain = totals.plainFactor(batch.upstream * upstream(row), weight(row));
    return Factors.isModerate(plain * classSize(row)) ? plain : Double.NaN;
  }

  private double upstream(int row) {
    return batch.upstreams.present() ? batch.upstreams.get(row) : 1;
  }

  /**
   * What the factor is over, as an exponent: 0 unless it would leave the range in which a float has
   * all its digits, times class weights.
   */
  int exponent(int row) {
    if (!Double.isNaN(plain(row))) {
      return 0;
    }
    int exponent = totals.factorExponent(batch.upstream, upstream(row), weight(row));
    return Factors.beyond(exponent + Factors.exponent(classSize(row)), MOST_EXPONENT);
  }

  /** The class weight that a row reads, or the size of all. */
  private double classSize(int row) {
    if (batch.classWeights == null || batch.teacher.present()) {
      return 1;
    }
    boolean all = batch.weighsAllClasses || batch.labels == null || batch.probabilities.present();
    return all ? batch.classWeights.loopUnit : batch.classWeightsF64[batch.labels[row]];
  }

  /** Puts right what the derivatives of the rows are over, and divides them by 0 if they are. */
  void finish() {
    boolean right = !totals.overZero() && isOfAll() && exponent(batch.firstRow) == 0;
    for (int row = batch.firstRow; !right && row < batch.rows; row++) {
      int exponent = batch.kept(row) ? exponent(row) : 0;
      if (exponent != 0) {
        batch.gradient.scale(row, batch.classes, exponent);
        batch.hessian.scale(row, batch.classes, exponent);
      }
      if (totals.overZero() && batch.kept(row)) {
        batch.gradient.divideByZero(row, batch.classes);
      }
    }
  }
}
