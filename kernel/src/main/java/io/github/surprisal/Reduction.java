package io.github.surprisal;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.Objects;

/**
 * How the losses of a batch become one number, and by what its gradients are scaled.
 *
 * <p>With loss l_i and weight w_i of row i:
 *
 * <ul>
 *   <li>{@link #NONE}: every row is its own objective; gradients are those of w_i l_i. The returned
 *       number is the sum; the losses themselves go where {@link
 *       io.github.surprisal.rows.Batch#losses(float[])} says;
 *   <li>{@link #SUM}: sum of w_i l_i;
 *   <li>mean: sum of w_i l_i / D, with D by the loss's own rule ({@link #MEAN}, which is PyTorch's
 *       for that loss), by a {@link Denominator}, or a given number ({@link #meanOver}), as
 *       gradient accumulation over micro-batches needs.
 * </ul>
 *
 * <p>A mean over nothing, where no row counts, is 0 with gradient 0 (PyTorch: NaN). Where rows
 * count and D = 0, it divides as written: loss and gradients of the rows that count are infinite,
 * or NaN where they were 0. That takes weights that cancel, class weights of 0, or a given 0.
 *
 * <p>Weights are doubles of any size. A mean over the sum of weights cancels a factor that all
 * have, though sums of so large or small weights leave the range of double: weights of 1e308 or
 * 1e-310 give what weights of 1 give. Other results overflow where their exact value does, so do
 * the sums of a {@link LossSum}; losses that overflow with either sign add up to NaN.
 */
public final class Reduction implements Serializable {
  private static final long serialVersionUID = 1;

  /** No reduction. */
  public static final Reduction NONE = new Reduction(Kind.NONE, null, 1);

  /** The sum. */
  public static final Reduction SUM = new Reduction(Kind.SUM, null, 1);

  /** The mean, over the denominator that is the loss's default. */
  public static final Reduction MEAN = new Reduction(Kind.MEAN, null, 1);

  private enum Kind {
    NONE,
    SUM,
    MEAN,
    MEAN_OVER
  }

  private final Kind kind;
  private final Denominator denominator;
  private final double count;

  private Reduction(Kind kind, Denominator denominator, double count) {
    this.kind = kind;
    this.denominator = denominator;
    this.count = count;
  }

  /** The mean over {@code denominator}. */
  public static Reduction mean(Denominator denominator) {
    return new Reduction(Kind.MEAN, Objects.requireNonNull(denominator, "denominator"), 1);
  }

  /**
   * The sum divided by {@code count}, for a mean over more than one batch.
   *
   * @param count a finite number of at least 0
   * @throws IllegalArgumentException if it is not
   */
  public static Reduction meanOver(double count) {
    if (!(count >= 0 && count < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "denominator = " + count + ", expected a finite number of at least 0");
    }
    return new Reduction(Kind.MEAN_OVER, null, count + 0.0);
  }

  /** Whether every row is its own objective, with an upstream factor of its own. */
  public boolean isNone() {
    return kind == Kind.NONE;
  }

  /**
   * What the sum is divided by, given what a batch holds.
   *
   * @param usual the denominator that is the loss's default
   */
  double divisor(Denominator usual, double weights, long kept, long all) {
    return switch (kind) {
      case NONE, SUM -> 1;
      case MEAN_OVER -> count;
      case MEAN -> denominator(usual).of(weights, kept, all);
    };
  }

  /** Whether that is the sum of the weights. */
  boolean dividesByWeights(Denominator usual) {
    return kind == Kind.MEAN && denominator(usual) == Denominator.WEIGHTS;
  }

  /**
   * What a mean over more than one batch divides by: the denominator that this names, else the
   * usual one.
   */
  Denominator denominator(Denominator usual) {
    return denominator == null ? usual : denominator;
  }

  /** One of the constants, or one that has passed the checks. */
  private Object readResolve() throws InvalidObjectException {
    try {
      return switch (kind) {
        case NONE -> NONE;
        case SUM -> SUM;
        case MEAN -> denominator == null ? MEAN : mean(denominator);
        case MEAN_OVER -> meanOver(count);
      };
    } catch (RuntimeException e) {
      throw new InvalidObjectException("not a reduction", e);
    }
  }

  @Override
  public String toString() {
    return switch (kind) {
      case NONE, SUM -> kind.name();
      case MEAN -> denominator == null ? "MEAN" : "mean over " + denominator;
      case MEAN_OVER -> "mean over " + count;
    };
  }
}
