package io.github.surprisal.softmax;

import io.github.surprisal.reduction.RowBatch;
import java.util.Arrays;

/**
 * The row scalars of up to 256 kept rows, in double, between the passes over their logits. With x
 * the logits of a row, y its label, m their maximum and k its first position:
 *
 * <pre>
 *   e_j = exp(x_j) 2^-c,  rest = sum of e_j over j != k,  logRest = log1p(rest / e_k)
 *   p_j = e_j / (e_k + rest),  -log p_y = (m - x_y) + logRest
 * </pre>
 *
 * Nothing here is formed by subtracting what was added, so tiny losses keep their accuracy.
 */
public final class RowGroup {
  /** Most rows a group holds; a multiple of the 16 lanes of a sum. */
  public static final int CAPACITY = 256;

  /** Index of each row, since C2 does not vectorise a loop that stores its own counter. */
  static final int[] INDEX = new int[CAPACITY];

  static {
    Arrays.setAll(INDEX, r -> r);
  }

  int size;
  final int[] row = new int[CAPACITY];
  final int[] label = new int[CAPACITY];
  final double[] labelLogit = new double[CAPACITY];

  /** Derivative of the label's prepared logit, over that without a softcap. */
  final double[] labelDamping = new double[CAPACITY];

  final double[] labelExp = new double[CAPACITY];
  final double[] max = new double[CAPACITY];
  final double[] rest = new double[CAPACITY];
  final double[] logRest = new double[CAPACITY];

  /** e_k, the largest. */
  final double[] maxExp = new double[CAPACITY];

  /** The class of the maximum. */
  final int[] first = new int[CAPACITY];

  /** Sum of the target masses, times the scale of the row and the square of dz / dx. */
  final double[] curvature = new double[CAPACITY];

  /** 1 / (e_k + rest). */
  final double[] inverse = new double[CAPACITY];

  /** Mean over classes of m - x_j, where the uniform distribution has mass. */
  final double[] spread = new double[CAPACITY];

  /** Sum of the target masses t_j, where they differ by class. */
  final double[] targetMass = new double[CAPACITY];

  /** Sum of t_j (m - x_j). */
  final double[] targetDot = new double[CAPACITY];

  /** Sum of e_j (m - y_j), where the entropy is needed. */
  final double[] entropyDot = new double[CAPACITY];

  /** Whether the label is the first of the largest logits, where that is asked for. */
  final boolean[] correct = new boolean[CAPACITY];

  /** The gradient has a further term tilt e_j (y_j - m). */
  final double[] tilt = new double[CAPACITY];

  final double[] loss = new double[CAPACITY];
  final double[] nll = new double[CAPACITY];

  /** The gradient is slope e_j - uniform, or slope e_j - scale t_j. */
  final double[] slope = new double[CAPACITY];

  final double[] uniform = new double[CAPACITY];
  final double[] scale = new double[CAPACITY];

  /** The gradient at the label, which cancels if formed like the others. */
  final double[] labelGradient = new double[CAPACITY];

  void add(int row, int label) {
    this.row[size] = row;
    this.label[size++] = label;
  }

  /** The {@code n} rows from {@code first} on. */
  void take(int first, int n, int[] labels) {
    size = n;
    for (int i = 0; i < n; i++) {
      row[i] = first + INDEX[i];
    }
    if (labels == null) {
      Arrays.fill(label, 0, n, -1);
    } else {
      System.arraycopy(labels, first, label, 0, n);
    }
  }

  /** Keeps the maximum and the sum of a row; an infinite maximum makes the row NaN. */
  void put(int i, double max, double maxExp, double rest) {
    this.max[i] = max;
    this.maxExp[i] = maxExp;
    this.rest[i] = Double.isInfinite(max) ? Double.NaN : rest;
  }

  /** Takes over maximum and sum of the rows of another group. */
  void takeSoftmax(RowGroup from) {
    System.arraycopy(from.max, 0, max, 0, size);
    System.arraycopy(from.maxExp, 0, maxExp, 0, size);
    System.arraycopy(from.rest, 0, rest, 0, size);
    System.arraycopy(from.logRest, 0, logRest, 0, size);
    System.arraycopy(from.inverse, 0, inverse, 0, size);
  }

  /**
   * 1 - p of row i, without subtraction where its label is a maximum; p its label's probability.
   */
  double others(int i, double p) {
    return labelLogit[i] == max[i] ? rest[i] * inverse[i] : 1 - p;
  }

  /** Log-sum-exp of row i, whose maximum has {@code unit}. */
  double logSumExp(int i, double unit) {
    return unit * max[i] + logRest[i];
  }

  /** Entropy of the softmax of row i less logRest: the mean of m - z_j. */
  double meanBelow(int i, double unit) {
    return unit * entropyDot[i] * inverse[i];
  }

  private void recordStatistics(RowBatch batch, double unit) {
    for (int i = 0; i < size; i++) {
      boolean undefined = Double.isNaN(inverse[i]);
      if (batch.logSumExps.present()) {
        batch.logSumExps.put(row[i], undefined ? inverse[i] : logSumExp(i, unit));
      }
      if (batch.entropies.present()) {
        batch.entropies.put(row[i], logRest[i] + meanBelow(i, unit));
      }
      if (batch.labelProbabilities.present()) {
        double p = label[i] < 0 ? Double.NaN : labelExp[i] * inverse[i];
        batch.labelProbabilities.put(row[i], p);
      }
      if (batch.correct != null) {
        batch.correct[row[i]] = correct[i] && !undefined;
      }
    }
  }

  /** Hands row losses, without row weights, to the batch. */
  void record(RowBatch batch, boolean plain, double unit) {
    if (batch.statistics) {
      recordStatistics(batch, unit);
    }
    batch.add(row, loss, plain ? null : nll, size);
  }
}
