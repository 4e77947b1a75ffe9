package io.github.surprisal.guard;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Optional;

/**
 * The scale of a loss whose gradients are held in few bits, such as float16: as large as they bear,
 * so that small gradients do not become 0.
 *
 * <pre>
 *   var scaling = LossScaling.builder().build();
 *
 *   loss.lossAndGradient(batch.upstream(scaling.scale()), gradient);    // and back through the layers
 *   if (scaling.step(scan.of(gradient).nonFinite() == 0)) {
 *     optimizer.step(gradient, scaling.inverse());                      // gradient times the inverse
 *   }
 *   scaling.stuck().ifPresent(log::warning);
 * </pre>
 *
 * <p>{@link #inverse} is that of the step last reported, whose gradients are to be multiplied by
 * it, though {@link #scale} may be another one since. Clip by norms after that.
 *
 * <ul>
 *   <li>A step whose gradients are not finite is to be skipped; the scale is then multiplied by the
 *       back-off factor, down to its minimum. With a hysteresis of n, the first n - 1 such steps
 *       after the beginning or a growth leave it as it is.
 *   <li>After so many finite steps in a row as the growth interval has, it is multiplied by the
 *       growth factor, up to its maximum; it never becomes infinite.
 *   <li>With the defaults the scale is PyTorch's {@code GradScaler}'s, step for step: 65536, growth
 *       2 after 2000 steps, back-off 0.5, no hysteresis; within the normal numbers of float32.
 *   <li>{@link #stuck} says in words that gradients were not finite though the scale was at its
 *       minimum, or that so many steps in a row were skipped as the skip limit has.
 *   <li>Written to a stream and read again it goes on exactly as it would have.
 * </ul>
 *
 * <p>No garbage, except what {@link #stuck} says. Not thread-safe.
 *
 * <p>P. Micikevicius et al., "Mixed precision training", 2018, <a
 * href="https://arxiv.org/abs/1710.03740">arXiv:1710.03740</a>.
 */
public final class LossScaling implements Serializable {
  private static final long serialVersionUID = 1;

  private final ScalingOptions options;
  private double scale;
  private double used;
  private int finiteInARow;
  private int tolerated;
  private long skippedInARow;
  private long skipped;
  private long steps;

  private LossScaling(ScalingOptions options) {
    this.options = options;
    scale = options.initialScale();
    used = scale;
    tolerated = options.hysteresis() - 1;
  }

  /** Options, each with PyTorch's default. */
  public static Builder builder() {
    return new Builder();
  }

  /** What to multiply the loss of the next step by. */
  public double scale() {
    return scale;
  }

  /** One over the scale that the step had which was last reported; before that, of the next. */
  public double inverse() {
    return 1 / used;
  }

  /**
   * Reports a step.
   *
   * @param finite whether all its gradients are
   * @return whether to go through with it: {@code finite}
   */
  public boolean step(boolean finite) {
    used = scale;
    steps++;
    if (finite) {
      skippedInARow = 0;
      grow();
    } else {
      skippedInARow++;
      skipped++;
      finiteInARow = 0;
      backOff();
    }
    return finite;
  }

  private void grow() {
    finiteInARow++;
    if (finiteInARow == options.growthInterval()) {
      finiteInARow = 0;
      tolerated = options.hysteresis() - 1;
      scale = Math.min(scale * options.growthFactor(), options.maxScale());
    }
  }

  private void backOff() {
    if (tolerated > 0) {
      tolerated--;
    } else {
      scale = Math.max(scale * options.backoffFactor(), options.minScale());
    }
  }

  /** How many steps were skipped. */
  public long skipped() {
    return skipped;
  }

  /** How many of the last ones, without a finite one between or after. */
  public long skippedInARow() {
    return skippedInARow;
  }

  /** Says in words why a smaller scale will not help; empty if it may, or nothing is wrong. */
  public Optional<String> stuck() {
    boolean isLowest = skippedInARow > 0 && used == options.minScale();
    if (!isLowest && skippedInARow < options.skipLimit()) {
      return Optional.empty();
    }
    String why =
        isLowest
            ? "the loss scale is at its minimum, " + used + ", and gradients are still not finite"
            : "gradients are not finite, at a loss scale of " + used + " either";
    String text =
        "step %d: %s; skipped: %d in a row, %d of all. Look for NaN in data and parameters, or for"
            + " a learning rate that is too high.";
    return Optional.of(text.formatted(steps, why, skippedInARow, skipped));
  }

  private void readObject(ObjectInputStream stream) throws IOException, ClassNotFoundException {
    stream.defaultReadObject();
    boolean holds = options != null && options.allows(scale) && options.allows(used);
    holds = holds && finiteInARow >= 0 && finiteInARow < options.growthInterval();
    holds = holds && tolerated >= 0 && tolerated < options.hysteresis();
    holds = holds && skippedInARow >= 0 && skippedInARow <= skipped && skipped <= steps;
    if (!holds) {
      throw new InvalidObjectException("no state of a LossScaling: " + this);
    }
  }

  @Override
  public String toString() {
    return "LossScaling[scale=%s, steps=%d, skipped=%d, skippedInARow=%d, %s]"
        .formatted(scale, steps, skipped, skippedInARow, options);
  }

  /** What a {@link LossScaling} begins with and does. */
  public static final class Builder {
    private double initialScale = 65536;
    private double growthFactor = 2;
    private double backoffFactor = 0.5;
    private int growthInterval = 2000;
    private int hysteresis = 1;
    private double minScale = Float.MIN_NORMAL;
    private double maxScale = 0x1p127;
    private int skipLimit = 20;

    private Builder() {}

    /** The scale of the first step; positive and finite, 65536 by default. */
    public Builder initialScale(double initialScale) {
      Checks.requirePositive("initialScale", initialScale);
      this.initialScale = initialScale;
      return this;
    }

    /** By what the scale grows; from 1 on, where it never does, to infinity; 2 by default. */
    public Builder growthFactor(double growthFactor) {
      ScalingOptions.requireGrowth(growthFactor);
      this.growthFactor = growthFactor;
      return this;
    }

    /** What it is multiplied by where gradients are not finite; between 0 and 1, 0.5 by default. */
    public Builder backoffFactor(double backoffFactor) {
      ScalingOptions.requireBackoff(backoffFactor);
      this.backoffFactor = backoffFactor;
      return this;
    }

    /** After how many finite steps in a row it grows; positive, 2000 by default. */
    public Builder growthInterval(int growthInterval) {
      ScalingOptions.requireCount("growthInterval", growthInterval);
      this.growthInterval = growthInterval;
      return this;
    }

    /**
     * Which step that is not finite makes the scale smaller, counted from the beginning or from the
     * last growth; so does every later one. Positive, 1 by default; DeepSpeed has 2.
     */
    public Builder hysteresis(int hysteresis) {
      ScalingOptions.requireCount("hysteresis", hysteresis);
      this.hysteresis = hysteresis;
      return this;
    }

    /** The smallest scale; from 2^-1022 on, so that it has an inverse; 2^-126 by default. */
    public Builder minScale(double minScale) {
      ScalingOptions.requireMinimum(minScale);
      this.minScale = minScale;
      return this;
    }

    /** The largest scale; positive and finite, 2^127 by default. */
    public Builder maxScale(double maxScale) {
      Checks.requirePositive("maxScale", maxScale);
      this.maxScale = maxScale;
      return this;
    }

    /** How many skipped steps in a row are too many; positive, 20 by default. */
    public Builder skipLimit(int skipLimit) {
      ScalingOptions.requireCount("skipLimit", skipLimit);
      this.skipLimit = skipLimit;
      return this;
    }

    /**
     * Builds it.
     *
     * @throws IllegalArgumentException unless {@code minScale <= initialScale <= maxScale}
     */
    public LossScaling build() {
      return new LossScaling(
          new ScalingOptions(
              initialScale,
              growthFactor,
              backoffFactor,
              growthInterval,
              hysteresis,
              minScale,
              maxScale,
              skipLimit));
    }
  }
}
