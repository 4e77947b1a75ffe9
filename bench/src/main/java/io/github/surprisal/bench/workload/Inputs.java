package io.github.surprisal.bench.workload;

import java.util.SplittableRandom;

/** What the predictions and targets of a measured loss are drawn from. */
enum Inputs {
  /** Both normal, with standard deviation 3. */
  REAL,
  /** Both positive. */
  POSITIVE,
  /** Predictions from 0 to 1, targets 0 or 1. */
  PROBABILITY,
  /** Real predictions, targets 0 or 1. */
  LOGIT,
  /** Logarithms of probabilities, targets from 0 to 1. */
  LOG_PROBABILITY,
  /** Real predictions, targets -1 or 1. */
  SIGN,
  /** Real predictions, targets 0, 1, 2... */
  COUNT,
  /** Real logits of rows, with a label each. */
  LABELS,
  /** Real logits of rows, of a student and a teacher. */
  TEACHER;

  private static final double DEVIATION = 3;

  /** A prediction; {@code scale} multiplies the deviation of the normal number behind it. */
  float prediction(SplittableRandom random, double scale) {
    double x = scale * DEVIATION * random.nextGaussian();
    return (float)
        switch (this) {
          case POSITIVE -> Math.abs(x);
          case PROBABILITY -> 1 / (1 + Math.exp(x));
          case LOG_PROBABILITY -> -Math.abs(x);
          default -> x;
        };
  }

  /** A target, likewise. */
  float target(SplittableRandom random, double scale) {
    double x = scale * DEVIATION * random.nextGaussian();
    return (float)
        switch (this) {
          case REAL, LABELS, TEACHER -> x;
          case POSITIVE -> Math.abs(x);
          case PROBABILITY, LOGIT -> x < 0 ? 0 : 1;
          case LOG_PROBABILITY -> 1 / (1 + Math.exp(x));
          case SIGN -> x < 0 ? -1 : 1;
          case COUNT -> Math.rint(Math.abs(x));
        };
  }
}
