package io.github.surprisal.internal.guard;

/**
 * By how much a scale stays below maxNorm / norm, relative to it, so that no rounding brings the
 * scaled norm above maxNorm: the norm's own is at most 2^-45 (140 u of a sum), all others 2^-53.
 */
final class SlackF64 {
  static final double SCALE = 0x1p-44;

  private SlackF64() {}
}
