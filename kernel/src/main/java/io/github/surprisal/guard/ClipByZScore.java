package io.github.surprisal.guard;

import java.io.Serializable;
import java.util.Objects;

/**
 * Clips gradients whose global norm is out of line with those before (ZClip): what is usual is
 * learned from the norms themselves, in a running mean m and deviation s.
 *
 * <pre>
 *   z = (norm - m) / s;   where z is above the threshold t, g is scaled to the norm
 *   m + t^2 s / z  (by default),  m + t s  or  m
 *
 *   var clip = ClipByZScore.builder().build();           // one for the whole training
 *   clip.clip(new float[][] {weights, bias}, result);    // in place, before each step
 * </pre>
 *
 * <p>The norms of a warm-up are not clipped, and give the first m and s: their mean and standard
 * deviation. Then, after each call, with the norm n that it left,
 *
 * <pre>
 *   m = a m + (1 - a) n,   s^2 = a s^2 + (1 - a) (n - m)^2   with the new m,   a the decay
 * </pre>
 *
 * <ul>
 *   <li>The norm is that of {@link ClipByNorm}, and so is what a clipped one is at most.
 *   <li>A norm of 0 does not enter m and s. Neither does one of gradients that are not finite or
 *       that is beyond the range of double; {@link NonFinite} says what happens to such gradients.
 *   <li>s counts as at least the least deviation times m: norms that were all alike would make
 *       anything larger an outlier.
 *   <li>No norm is above {@link Builder#maxNorm}, if that is given, in the warm-up too.
 *   <li>Memory is constant. Written to a stream and read again it goes on with the same bits.
 * </ul>
 *
 * <p>Gradients are to be unscaled before, where a {@link LossScaling} is used. No garbage; the same
 * bits with any vector width and without vectors. Not thread-safe.
 *
 * <p>A. Kumar et al., "ZClip: adaptive spike mitigation for LLM pre-training", 2025, <a
 * href="https://arxiv.org/abs/2504.02507">arXiv:2504.02507</a>. Its code adds 1e-6 to s and has a
 * largest norm of 1.
 */
public final class ClipByZScore implements Serializable {
  private static final long serialVersionUID = 1;

  private final ZScoreOptions options;
  private final RunningNorm norms = new RunningNorm();
  private double zScore;

  private ClipByZScore(ZScoreOptions options) {
    this.options = options;
  }

  /** Options, each with the paper's default. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Clips in place.
   *
   * @return {@code result}
   * @throws ArithmeticException by {@link NonFinite#ERROR}
   * @throws IllegalArgumentException if an array comes twice
   */
  public ClipResult clip(float[][] gradients, ClipResult result) {
    NormClipF32.require(gradients);
    Objects.requireNonNull(result, "result").f32.clip(gradients, this, result);
    return result;
  }

  /** Clips one array in place. */
  public ClipResult clip(float[] gradient, ClipResult result) {
    Objects.requireNonNull(gradient, "gradient");
    return clip(Objects.requireNonNull(result, "result").f32.only(gradient), result);
  }

  /**
   * Clips in place.
   *
   * @return {@code result}
   * @throws ArithmeticException by {@link NonFinite#ERROR}
   * @throws IllegalArgumentException if an array comes twice
   */
  public ClipResult clip(double[][] gradients, ClipResult result) {
    NormClipF64.require(gradients);
    Objects.requireNonNull(result, "result").f64.clip(gradients, this, result);
    return result;
  }

  /** Clips one array in place. */
  public ClipResult clip(double[] gradient, ClipResult result) {
    Objects.requireNonNull(gradient, "gradient");
    return clip(Objects.requireNonNull(result, "result").f64.only(gradient), result);
  }

  NonFinite nonFinite() {
    return options.nonFinite();
  }

  /** What the norm may be; notes z. */
  double limit(ClipResult result) {
    zScore = 0;
    if (isWarmingUp()) {
      return options.maxNorm();
    }
    double s = deviation();
    zScore = (result.finiteNorm - mean()) / s;
    return Math.min(options.maxNorm(), options.limit(mean(), s, zScore));
  }

  /** Takes in the norm that the gradients now have. */
  void learn(double limit, ClipResult result) {
    double norm = result.finiteNorm;
    if (result.nonFinite == 0 && norm > 0 && norm < Double.POSITIVE_INFINITY) {
      norms.add(Math.min(norm, limit), options.warmUp(), options.decay());
    }
  }

  /** Whether norms are still only looked at. */
  public boolean isWarmingUp() {
    return norms.count() < options.warmUp();
  }

  /** How many norms have entered the statistics. */
  public long count() {
    return norms.count();
  }

  /** The running mean of the norms; 0 before the first. */
  public double mean() {
    return norms.mean();
  }

  /** The running deviation of the norms, or the least that it counts. */
  public double deviation() {
    return Math.max(
        norms.deviation(), Math.max(options.leastDeviation() * mean(), Double.MIN_VALUE));
  }

  /**
   * z of the last gradients that were not skipped, by the mean and deviation before them; 0 in the
   * warm-up.
   */
  public double zScore() {
    return zScore;
  }

  @Override
  public String toString() {
    return "ClipByZScore[count=%d, mean=%s, deviation=%s, zScore=%s, %s]"
        .formatted(count(), mean(), deviation(), zScore, options);
  }

  /** What a {@link ClipByZScore} does. */
  public static final class Builder {
    private double threshold = 2.5;
    private double decay = 0.97;
    private int warmUp = 25;
    private double leastDeviation = 0.01;
    private double maxNorm = Double.POSITIVE_INFINITY;
    private ZScoreTarget target = ZScoreTarget.RECIPROCAL;
    private NonFinite nonFinite = NonFinite.SKIP;

    private Builder() {}

    /** The largest z that is not clipped; positive and finite, 2.5 by default. */
    public Builder threshold(double threshold) {
      Checks.requirePositive("threshold", threshold);
      this.threshold = threshold;
      return this;
    }

    /** How much of mean and variance stays in each step; from 0 to below 1, 0.97 by default. */
    public Builder decay(double decay) {
      ZScoreOptions.requireDecay(decay);
      this.decay = decay;
      return this;
    }

    /** How many norms are only looked at; at least 1, 25 by default. */
    public Builder warmUp(int warmUp) {
      ScalingOptions.requireCount("warmUp", warmUp);
      this.warmUp = warmUp;
      return this;
    }

    /** What the deviation counts at least, relative to the mean; from 0 on, 0.01 by default. */
    public Builder leastDeviation(double leastDeviation) {
      ZScoreOptions.requireDeviation(leastDeviation);
      this.leastDeviation = leastDeviation;
      return this;
    }

    /** What no norm may exceed; positive, infinity by default. */
    public Builder maxNorm(double maxNorm) {
      ZScoreOptions.requireNorm(maxNorm);
      this.maxNorm = maxNorm;
      return this;
    }

    /** What norm an outlier gets; {@link ZScoreTarget#RECIPROCAL} by default. */
    public Builder target(ZScoreTarget target) {
      this.target = Objects.requireNonNull(target, "target");
      return this;
    }

    /** What to do about NaN and infinities; {@link NonFinite#SKIP} by default. */
    public Builder nonFinite(NonFinite nonFinite) {
      this.nonFinite = Objects.requireNonNull(nonFinite, "nonFinite");
      return this;
    }

    /** Builds it. */
    public ClipByZScore build() {
      return new ClipByZScore(
          new ZScoreOptions(threshold, decay, warmUp, leastDeviation, maxNorm, target, nonFinite));
    }
  }
}
