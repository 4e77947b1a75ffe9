package io.github.surprisal;

import io.github.surprisal.internal.lane.ExpF64Twin;
import io.github.surprisal.internal.reduction.DoubleDouble;
import io.github.surprisal.internal.reduction.Totals;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Objects;

/**
 * The exact state of a mean over many batches: sums, not means, so that batches of any size combine
 * to what one call over all rows would give.
 *
 * <p>Its {@link #mean()} divides by what the mean of its loss divides by: the {@link Denominator}
 * that the loss's {@link Reduction} names, or else the loss's usual one. The first call that adds
 * to an empty sum decides; a call or a sum that divides by something else is refused, before
 * anything is written.
 *
 * <p>Sums are held in double-double (about 106 bits): for a stated order of additions and merges
 * the bits are always the same, and in any order the rounded result is within 1 ulp of the exact
 * sum of the row losses. Losses of elements are summed in blocks of 2048, from the first element of
 * each call on: calls that begin at multiples of 2048 combine within 1 ulp of the one call, others
 * within the error of a sum that {@link io.github.surprisal.pointwise.PointwiseLoss} states. The
 * upstream factor does not enter.
 *
 * <p>Not thread-safe: one per thread, then {@link #merge}. Serializable, so that processes merge
 * too.
 */
public final class LossSum implements Serializable {
  private static final long serialVersionUID = 1;
  private static final double LOG2_E = 0x1.71547652b82fep0; // 1 / ln 2

  private final DoubleDouble sum = new DoubleDouble();
  private final DoubleDouble weight = new DoubleDouble();
  private final DoubleDouble nll = new DoubleDouble();
  private long rowsKept;
  private long rowsSeen;
  private long labels;
  private Denominator denominator; // null as long as nothing was added

  /** Nothing yet. */
  public LossSum() {}

  /**
   * Adds all that {@code other} holds.
   *
   * @throws IllegalArgumentException if its mean divides by something else
   */
  public void merge(LossSum other) {
    Objects.requireNonNull(other, "other");
    if (other.denominator != null) {
      requireDenominator("other", other.denominator);
      denominator = other.denominator;
    }
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
    denominator = null;
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

  /** What {@link #mean()} divides by; null as long as nothing was added. */
  public Denominator denominator() {
    return denominator;
  }

  /**
   * {@link #sum} over the denominator of the loss: what one call over all rows would give for a
   * mean. 0 if no row counted; a sum of weights that is 0 although rows count divides as written.
   */
  public double mean() {
    return denominator == null ? 0 : mean(denominator);
  }

  /** {@link #sum} over the stated denominator, by the same rules. */
  public double mean(Denominator denominator) {
    Objects.requireNonNull(denominator, "denominator");
    return rowsKept == 0 ? 0 : sum() / denominator.of(weight(), rowsKept, rowsSeen);
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

  /** Refuses what the mean of {@code name} divides by, unless nothing was added before. */
  void requireDenominator(String name, Denominator given) {
    if (denominator != null && denominator != given) {
      throw new IllegalArgumentException(
          "mean of %s divides by %s, expected %s as in what the sum holds"
              .formatted(name, given, denominator));
    }
  }

  /** Adds the losses of a call whose mean divides by {@code of}. */
  void add(Denominator of, Totals totals, long kept, long seen) {
    denominator = of;
    totals.addTo(sum, weight);
    rowsKept += kept;
    rowsSeen += seen;
  }

  /** Adds the negative log-likelihood of the labels of a call. */
  void addLabels(DoubleDouble likelihood, long count) {
    nll.add(likelihood);
    labels += count;
  }

  private void readObject(ObjectInputStream stream) throws IOException, ClassNotFoundException {
    stream.defaultReadObject();
    boolean sums = sum != null && weight != null && nll != null;
    if (!sums || rowsKept < 0 || rowsSeen < rowsKept || labels < 0) {
      throw new InvalidObjectException("not the sums and counts of losses");
    }
  }

  @Override
  public String toString() {
    return "LossSum[sum=%s, weight=%s, rowsKept=%d, rowsSeen=%d, denominator=%s]"
        .formatted(sum(), weight(), rowsKept, rowsSeen, denominator);
  }
}
