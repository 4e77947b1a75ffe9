package io.github.surprisal.bench.accuracy;

import java.util.Locale;

/** How large the numbers are that a loss is tried on. */
enum Regime {
  /** As in training: predictions with a standard deviation of 3. */
  USUAL(1),
  /** Nearly alike, as at the first step. */
  NARROW(1e-3),
  /** Confident or badly wrong: a standard deviation of 200. */
  WIDE(200.0 / 3),
  /** Diverged: 1e4 times too large. */
  DIVERGED(1e4),
  /** Near the smallest normal number. */
  TINY(1e-38);

  final double scale;

  Regime(double scale) {
    this.scale = scale;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
