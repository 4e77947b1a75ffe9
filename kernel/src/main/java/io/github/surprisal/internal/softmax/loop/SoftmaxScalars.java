package io.github.surprisal.internal.softmax.loop;

/**
 * The softmax of each row of a group in a few numbers. With x the logits of a row, y its label, m
 * their maximum, that of class k:
 *
 * <pre>
 *   e_j = exp(x_j) 2^-c,  rest = sum of e_j over j != k,  logRest = log1p(rest / e_k)
 *   p_j = e_j / (e_k + rest),  -log p_y = (m - x_y) + logRest
 * </pre>
 *
 * Nothing here is formed by subtracting what was added, so tiny losses keep their accuracy.
 */
public final class SoftmaxScalars {
  /** m, and how many further exponentials are as large as its. */
  public final double[] max;

  public final double[] ties;

  /** e_k, and the sum of the others: NaN in a row that has no softmax. */
  public final double[] maxExp;

  public final double[] rest;

  public final double[] logRest;

  /** 1 / (e_k + rest). */
  public final double[] inverse;

  /** x_y, -infinity without a label, and e_y. */
  public final double[] labelLogit;

  public final double[] labelExp;

  /** What else a call asks for: the sum of e_j (m - x_j), or that of a teacher's divergence. */
  public final double[] second;

  /** The mean of m - x_j, where that is asked for. */
  public final double[] gap;

  /** Of the most rows that a group may have. */
  public SoftmaxScalars() {
    this(Sizes.ROWS);
  }

  /** Of so many rows. */
  public SoftmaxScalars(int rows) {
    max = new double[rows];
    ties = new double[rows];
    maxExp = new double[rows];
    rest = new double[rows];
    logRest = new double[rows];
    inverse = new double[rows];
    labelLogit = new double[rows];
    labelExp = new double[rows];
    second = new double[rows];
    gap = new double[rows];
  }

  /** Begins row r; an infinite maximum makes its sum NaN. */
  public void start(int r, double max, double labelLogit) {
    this.max[r] = max;
    ties[r] = -1;
    this.labelLogit[r] = labelLogit;
    labelExp[r] = 0;
    rest[r] = max - max;
    second[r] = 0;
    gap[r] = 0;
  }

  /** Probability of the label of row i. */
  public double labelProbability(int i) {
    return labelExp[i] * inverse[i];
  }

  /**
   * 1 - p of row i, without subtraction where its label is a maximum; p its label's probability.
   */
  public double others(int i, double p) {
    return labelLogit[i] == max[i] ? rest[i] * inverse[i] : 1 - p;
  }

  /** -log of the label's probability in row i; {@code unit} is that of the logits. */
  public double nll(int i, double unit) {
    return unit * (max[i] - labelLogit[i]) + logRest[i];
  }

  /** Log-sum-exp of row i, whose maximum has {@code unit}. */
  public double logSumExp(int i, double unit) {
    return unit * max[i] + logRest[i];
  }

  /** Entropy of the softmax of row i less logRest, from sums of e_j (m - x_j). */
  public double meanBelow(int i, double unit) {
    return unit * second[i] * inverse[i];
  }
}
