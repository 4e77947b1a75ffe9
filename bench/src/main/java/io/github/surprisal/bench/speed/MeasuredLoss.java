package io.github.surprisal.bench.speed;

import io.github.surprisal.CrossEntropy;

/** The losses that {@link CrossEntropyBenchmark} measures. */
public enum MeasuredLoss {
  /** Labels alone. */
  CROSS_ENTROPY("cross-entropy", 0),
  /** Labels with a tenth of the mass spread over all classes. */
  SMOOTHED_CROSS_ENTROPY("smoothed-cross-entropy", 0.1);

  final double labelSmoothing;
  private final String title;

  MeasuredLoss(String title, double labelSmoothing) {
    this.title = title;
    this.labelSmoothing = labelSmoothing;
  }

  CrossEntropy kernel() {
    return CrossEntropy.builder().labelSmoothing(labelSmoothing).build();
  }

  @Override
  public String toString() {
    return title;
  }
}
