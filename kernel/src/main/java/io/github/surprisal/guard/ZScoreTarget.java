package io.github.surprisal.guard;

/**
 * What norm {@link ClipByZScore} gives a gradient whose z is above the threshold t; m is the mean
 * and s the deviation of the norms before it.
 */
public enum ZScoreTarget {
  /** m + t^2 s / z: the further out, the closer to the mean. */
  RECIPROCAL,
  /** m + t s: the largest norm that is not clipped. */
  THRESHOLD,
  /** m. */
  MEAN
}
