package io.github.surprisal.guard;

/**
 * What to do where a gradient holds NaN or an infinity. All three count them in the {@link
 * ClipResult}, with the first; none changes or spreads them.
 */
public enum NonFinite {
  /** Throw an {@link ArithmeticException} that names the first; nothing has been written. */
  ERROR,
  /** Leave every gradient as it is, for the caller to skip this step of training. */
  SKIP,
  /** Clip the finite elements by the norm that they have; leave the others as they are. */
  CLIP_FINITE
}
