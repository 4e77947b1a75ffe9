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

  /** Logits, or log-probabilities. */
  public final Rows logits = new Rows();

  /** Target probabilities, or absent. */
  public final Rows probabilities = new Rows();

  /** Logits of a teacher, or the probabilities of its most likely classes; or absent. */
  public final Rows teacher = new Rows();

  /** The most likely classes of a teacher, row after row, or null if its logits are known. */
  public int[] teacherIndices;

  /** How many of them a row has. */
  public int teacherWidth;

  /** Log-probabilities to write, or absent. */
  public final Rows logProbabilities = new Rows();

  /** Gradient to write, or absent. */
  public final Rows gradient = new Rows();

  /** Second derivatives to write, or absent. */
  public final Rows hessian = new Rows();

  /** Factor and least value of the second derivatives. */
  public double hessianFactor;

  public double hessianFloor;

  /** Class labels, or null. */
  public int[] labels;

  /** A row of this label is masked. */
  public int ignoreIndex;

  /** Which rows count. */
  public final Mask mask = new Mask();

  /** Weights of classes, or null. */
  public ClassWeights classWeights;

  /** What {@link #classWeights} holds, or null. */
  public double[] classWeightsF64;

  /** Whether a row reads other class weights than that of its label. */
  public boolean weighsAllClasses;

  /** Row weights, or absent. */
  public final Column weights = new Column();

  /** Factor of each row's gradient, or absent. */
  public final Column upstreams = new Column();

  /** Factor of all gradients. */
  public double upstream;

  /** Row losses to write, or absent. */
  public final Column losses = new Column();

  /** Whether any of the following is asked for. */
  public boolean statistics;

  /** Log-sum-exp of each row, or absent. */
  public final Column logSumExps = new Column();

  /** Entropy of each row's probabilities, or absent. */
  public final Column entropies = new Column();

  /** Probability of each row's label, or absent. */
  public final Column labelProbabilities = new Column();

  /** Whether each row's label has the largest logit, or null. */
  public boolean[] correct;

  /** Classes that rows may have. */
  public final AllowedClasses allowed = new AllowedClasses();

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
    logits.clear();
    probabilities.clear();
    teacher.clear();
    teacherIndices = null;
    logProbabilities.clear();
    gradient.clear();
    hessian.clear();
    labels = null;
    mask.set(null, null);
    classWeights = null;
    classWeightsF64 = null;
    weighsAllClasses = false;
    totals.reset();
    weights.set(null, null);
    upstreams.set(null, null);
    losses.set(null, null);
    logSumExps.set(null, null);
    entropies.set(null, null);
    labelProbabilities.set(null, null);
    correct = null;
    statistics = false;
    allowed.set(null, 0);
  }

  /**
   * Counts the rows that are kept, checks their labels and indices and sums their weights.
   *
   * @throws IllegalArgumentException if a label is neither a class nor the ignored one, or an index
   *     is no class or twice in its row
   */
  public void count() {
    totals.reset();
    totals.weighClasses(classWeights == null ? 0 : classWeights.exponent);
    nll.reset();
    boolean weighted = weights.present() || weighsLabels();
    boolean onlyLabels = labels != null && !mask.present() && teacherIndices == null && !weighted;
    boolean all = onlyLabels && allLabelsAreClasses();
    kept = all ? rows : 0;
    for (int row = 0; !all && row < rows; row++) {
      if (kept(row)) {
        if (labels != null) {
          checkLabel(row);
        }
        if (teacherIndices != null) {
          distinct.check(teacherIndices, row * teacherWidth, teacherWidth, classes);
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

  /** Takes up weights of classes, before rows are counted. */
  public void weighClasses(ClassWeights weights, boolean all) {
    classWeights = weights;
    classWeightsF64 = weights == null ? null : weights.held;
    weighsAllClasses = all;
  }

  /** Whether every label is a class and none is ignored: found in a loop that C2 vectorises. */
  private boolean allLabelsAreClasses() {
    if (ignoreIndex >= 0 && ignoreIndex < classes) {
      return false;
    }
    // Negative as soon as one label or its distance from the last class is.
    int signs = 0;
    int last = classes - 1;
    for (int row = 0; row < rows; row++) {
      signs |= labels[row] | (last - labels[row]);
    }
    return signs >= 0;
  }

  private void checkLabel(int row) {
    int label = labels[row];
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "labels[%d] = %d, expected 0 <= label < %d or ignoreIndex %d"
              .formatted(row, label, classes, ignoreIndex));
    }
  }

  /** Whether the class weight of its label is part of a row's weight. */
  boolean weighsLabels() {
    return classWeightsF64 != null && !probabilities.present() && !teacher.present();
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
    return mask.keeps(row)
        && (labels == null || labels[row] != ignoreIndex)
        && (!weights.present() || weights.get(row) != 0);
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
    if (losses.present()) {
      losses.put(row, 0);
    }
    if (statistics) {
      skipStatistics(row);
    }
    if (gradient.present()) {
      gradient.fill(row, classes, 0);
    }
    if (hessian.present()) {
      hessian.fill(row, classes, 0);
    }
  }

  private void skipStatistics(int row) {
    if (logSumExps.present()) {
      logSumExps.put(row, 0);
    }
    if (entropies.present()) {
      entropies.put(row, 0);
    }
    if (labelProbabilities.present()) {
      labelProbabilities.put(row, 0);
    }
    if (correct != null) {
      correct[row] = false;
    }
  }

  /**
   * Weighs {@code n} losses of rows, stores them and adds them to the totals; {@code nll} is null
   * where it equals the losses.
   */
  public void add(int[] row, double[] losses, double[] nll, int n) {
    for (int i = 0; this.losses.present() && i < n; i++) {
      this.losses.put(row[i], totals.weighted(losses[i], factors.weight(row[i])));
    }
    for (int i = 0; weights.present() && i < n; i++) {
      losses[i] *= totals.held(weights.get(row[i]));
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
