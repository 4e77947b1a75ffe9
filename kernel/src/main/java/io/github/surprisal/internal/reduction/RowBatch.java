package io.github.surprisal.internal.reduction;

/**
 * One call of a loss of rows, and what it adds up: which rows count, with what weight, and the
 * running totals. Independent of the formula and of the element type; used again by the next call.
 */
public final class RowBatch {
  /** The row to begin with, and that to end before: the number of rows, but in a tile of them. */
  public int firstRow;

  public int rows;

  /** Whether further rows follow, so that totals do not end yet. */
  public boolean continues;

  /** Shape. */
  public int classes;

  /** What is read. */
  public final RowInputs given = new RowInputs();

  /** What is written. */
  public final RowResults results = new RowResults();

  /** Sums of the weighted row losses and of the weights of kept rows. */
  public final Totals totals = new Totals();

  private final RowFactors factors = new RowFactors(this);

  /** Sum of the negative log-likelihoods of the labels of kept rows. */
  public final DoubleDouble nll = new DoubleDouble();

  private final DistinctClasses distinct = new DistinctClasses();
  private final ExactSum sums = new ExactSum();
  private final ExactSum nlls = new ExactSum();
  private int kept;
  private boolean keepsAll;

  /** Forgets the arrays of the last call, so that they can be collected. */
  public void clear() {
    firstRow = 0;
    continues = false;
    keepsAll = false;
    given.clear();
    results.clear();
    totals.reset();
  }

  /**
   * Counts the rows that are kept, checks their labels and indices and sums their weights.
   *
   * @throws IllegalArgumentException if a label is neither a class nor the ignored one, or an index
   *     is no class or twice in its row
   */
  public void count() {
    totals.reset();
    totals.weighClasses(given.classWeights == null ? 0 : given.classWeights.exponent);
    nll.reset();
    boolean weighted = given.weights.present() || given.weighsLabels();
    boolean onlyLabels =
        given.labels != null && !given.mask.present() && given.teacherIndices == null && !weighted;
    boolean all = onlyLabels && given.allLabelsAreClasses(rows, classes);
    kept = all ? rows : 0;
    for (int row = 0; !all && row < rows; row++) {
      if (kept(row)) {
        if (given.labels != null) {
          given.checkLabel(row, classes);
        }
        if (given.teacherIndices != null) {
          distinct.check(
              given.teacherIndices, row * given.teacherWidth, given.teacherWidth, classes);
        }
        kept++;
      }
    }
    if (weighted) {
      factors.sumWeights();
    } else {
      totals.weight().add(kept);
    }
    keepsAll = kept == rows;
  }

  /** Says what the sums are divided by; see {@link Totals#divideBy}. */
  public void divideBy(double divisor, boolean byWeights) {
    totals.divideBy(divisor, byWeights);
    factors.start();
  }

  /** Number of rows that count. */
  public int rowsKept() {
    return kept;
  }

  /** Whether every row counts. */
  public boolean keepsAll() {
    return keepsAll;
  }

  /** Whether the row counts; nothing else of a row that does not is read. */
  public boolean kept(int row) {
    return given.keeps(row);
  }

  /** Factor of the derivatives of a kept row; see {@link RowFactors#scale}. */
  public double scale(int row) {
    return factors.scale(row);
  }

  /** What factors of this row are over; see {@link RowFactors#exponent}. */
  public int scaleExponent(int row) {
    return factors.exponent(row);
  }

  /** Puts right what the derivatives of the rows are over, and divides them by 0 if they are. */
  public void finish() {
    factors.finish();
  }

  /** The row is masked: its loss and gradient are +0. */
  public void skip(int row) {
    results.skip(row, classes);
  }

  /**
   * Weighs {@code n} losses of rows, stores them and adds them to the totals; {@code nll} is null
   * where it equals the losses.
   */
  public void add(int[] row, double[] losses, double[] nll, int n) {
    for (int i = 0; results.losses.present() && i < n; i++) {
      results.losses.put(row[i], totals.weighted(losses[i], factors.weight(row[i])));
    }
    for (int i = 0; given.weights.present() && i < n; i++) {
      losses[i] *= totals.held(given.weights.get(row[i]));
    }
    sums.add(losses, n);
    if (nll != null) {
      nlls.add(nll, n);
    }
  }

  /** Ends the sums: {@code plain} if the row losses were the labels' negative log-likelihoods. */
  public void total(boolean plain) {
    if (continues) {
      return;
    }
    sums.drain(totals.sum());
    if (plain) {
      nll.add(totals.sum());
    } else {
      nlls.drain(nll);
    }
  }
}
