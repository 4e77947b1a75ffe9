package io.github.surprisal.internal.guard;

/**
 * By how much a scale stays below maxNorm / norm, relative to it, so that no rounding brings the
 * scaled norm above maxNorm: that of the scale and of each product 2^-24, the norm's own 2^-45.
 */
final class SlackF32 {
  static final double SCALE = 0x1p-22;

  private SlackF32() {}
}
