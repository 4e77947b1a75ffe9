package io.github.surprisal;

import io.github.surprisal.lane.ExpF64Twin;
import io.github.surprisal.reduction.DoubleDouble;

/**
 * The exact state of a mean over many batches: sums, not means, so that batches of any size combine
 * to what one call over all rows would give.
 *
 * <p>Sums are held in double-double (about 106 bits): for a stated order of additions and merges
 * the bits are always the same, and in any order the rounded result is within 1 ulp of the exact
 * sum of the row losses. Reduction and upstream scale of the loss do not enter.
 *
 * <p>Not thread-safe: one per thread, then {@link #merge}.
 */
public final class LossSum {
  private static final double LOG2_E = 0x1.71547652b82fep0; // 1 / ln 2

  private final DoubleDouble sum = new DoubleDouble();
  private final DoubleDouble weight = new DoubleDouble();
  private final DoubleDouble nll = new DoubleDouble();
  private long rowsKept;
  private long rowsSeen;
  private long labels;

  /** Nothing yet. */
  public LossSum() {}

  /** Adds all that {@code other} holds. */
  public void merge(LossSum other) {
    sum.add(other.sum);
    weight.add(other.weight);
    nll.add(other.nll);
    rowsKept += other.rowsKept;
    rowsSeen += other.rowsSeen;
    labels += other.labels;
  }

  /** Back to nothing. */
  public void reset() {
    sum.reset();
    weight.reset();
    nll.reset();
    rowsKept = 0;
    rowsSeen = 0;
    labels = 0;
  }

  /**
   * Sum of the weighted row losses; infinite beyond the range of double, as weights may bring it.
   */
  public double sum() {
    return sum.value();
  }

  /** Sum of the weights: row weight times, for label losses, class weight of the label. */
  public double weight() {
    return weight.value();
  }

  /** Rows that counted. */
  public long rowsKept() {
    return rowsKept;
  }

  /** Rows that were given. */
  public long rowsSeen() {
    return rowsSeen;
  }

  /** Sum of the negative log-likelihoods of the kept labels, without weights or smoothing. */
  public double negativeLogLikelihood() {
    return nll.value();
  }

  /** {@link #sum} / {@link #weight}; 0 if no row counted. */
  public double mean() {
    return mean(Denominator.WEIGHTS);
  }

  /** {@link #sum} over the stated denominator; 0 if no row counted. */
  public double mean(Denominator denominator) {
    double divisor =
        switch (denominator) {
          case WEIGHTS -> weight();
          case KEPT -> rowsKept;
          case ALL -> rowsSeen;
        };
    return rowsKept == 0 ? 0 : sum() / divisor;
  }

  /**
   * exp of the mean negative log-likelihood of the kept labels: the number of classes among which a
   * uniform guess would be as good. Plain even where the loss is smoothed or weighted. 1 if there
   * were no labels.
   */
  public double perplexity() {
    return ExpF64Twin.exp(labels == 0 ? 0 : negativeLogLikelihood() / labels);
  }

  /**
   * exp of the negative log-likelihood over {@code units}, such as the words or bytes of the text
   * whose tokens the labels were, so that models with different tokens compare. 1 if there were no
   * labels.
   *
   * @throws IllegalArgumentException unless there is at least one unit
   */
  public double perplexity(long units) {
    return ExpF64Twin.exp(perUnit(units));
  }

  /**
   * The negative log-likelihood in bits over {@code units}: bits per byte, per character or per
   * word.
   *
   * @throws IllegalArgumentException unless there is at least one unit
   */
  public double bits(long units) {
    return perUnit(units) * LOG2_E;
  }

  private double perUnit(long units) {
    if (units < 1) {
      throw new IllegalArgumentException("units = " + units + ", expected at least 1");
    }
    return labels == 0 ? 0 : negativeLogLikelihood() / units;
  }

  DoubleDouble sumTerm() {
    return sum;
  }

  DoubleDouble weightTerm() {
    return weight;
  }

  DoubleDouble nllTerm() {
    return nll;
  }

  void count(long kept, long seen, long withLabel) {
    rowsKept += kept;
    rowsSeen += seen;
    labels += withLabel;
  }

  @Override
  public String toString() {
    return "LossSum[sum=%s, weight=%s, rowsKept=%d, rowsSeen=%d]"
        .formatted(sum(), weight(), rowsKept, rowsSeen);
  }
}
