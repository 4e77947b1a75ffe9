package io.github.surprisal.reduction;

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

  /** True where a row counts, or null. */
  public boolean[] mask;

  /** Weight of each class, or null; a negative one was made NaN. */
  public double[] classWeightsF64;

  /** The same, rounded. */
  public float[] classWeightsF32;

  /** Row weights, or absent. */
  public final Column weights = new Column();

  /** Factor of each row's gradient, or absent. */
  public final Column upstreams = new Column();

  /** Factor of all gradients. */
  public double upstream;

  private double divisor;
  private double scaleOfAll;

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

  /** Sum of the weighted row losses. */
  public final DoubleDouble sum = new DoubleDouble();

  /** Sum of the weights of kept rows. */
  public final DoubleDouble weight = new DoubleDouble();

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
    mask = null;
    classWeightsF64 = null;
    classWeightsF32 = null;
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
    sum.reset();
    weight.reset();
    nll.reset();
    boolean weighted = weights.present() || weighsLabels();
    boolean onlyLabels = labels != null && mask == null && teacherIndices == null && !weighted;
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
        if (weighted) {
          weight.add(weightOf(row));
        }
      }
    }
    if (!weighted) {
      weight.add(kept);
    }
    keepsAll = kept == rows;
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
  private boolean weighsLabels() {
    return classWeightsF64 != null && !probabilities.present() && !teacher.present();
  }

  /** What the sum of the losses is divided by. */
  public void divideBy(double divisor) {
    this.divisor = divisor;
    scaleOfAll = upstream / divisor;
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
    return (mask == null || mask[row])
        && (labels == null || labels[row] != ignoreIndex)
        && (!weights.present() || weights.get(row) != 0);
  }

  /** Weight of a kept row: 1 if none was given, NaN if negative. */
  public double rowWeight(int row) {
    if (!weights.present()) {
      return 1;
    }
    double weight = weights.get(row);
    return weight < 0 ? Double.NaN : weight;
  }

  /** What a kept row adds to the denominator. */
  private double weightOf(int row) {
    double weight = rowWeight(row);
    return weighsLabels() ? weight * classWeightsF64[labels[row]] : weight;
  }

  /** Factor of the gradient of a kept row: row weight, upstream and denominator. */
  public double scale(int row) {
    if (!upstreams.present() && !weights.present()) {
      return scaleOfAll;
    }
    double scale = upstreams.present() ? upstream * upstreams.get(row) : upstream;
    // A weight over a sum of weights does not overflow, however small both are.
    return weights.present() ? scale * (rowWeight(row) / divisor) : scale / divisor;
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

  /** Adds {@code n} row losses to the totals; {@code nll} is null where it equals the losses. */
  public void add(double[] losses, double[] nll, int n) {
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
    sums.drain(sum);
    if (plain) {
      nll.add(sum);
    } else {
      nlls.drain(nll);
    }
  }
}
