package io.github.surprisal.bench.workload;

import io.github.surprisal.catalog.Values;
import java.util.SplittableRandom;

/** Numbers of a kind, as a batch to measure has them. */
final class Draw {
  private static final double DEVIATION = 3;

  private Draw() {}

  /** One number; {@code scale} multiplies the deviation of the normal number behind it. */
  static float of(Values values, SplittableRandom random, double scale) {
    double x = scale * DEVIATION * random.nextGaussian();
    return (float)
        switch (values) {
          case REAL, LOGIT, TEACHER -> x;
          case PROBABILITY -> 1 / (1 + Math.exp(x));
          case LOG_PROBABILITY -> -Math.abs(x);
          case BINARY, CLASS -> x < 0 ? 0 : 1;
          case SIGN -> x < 0 ? -1 : 1;
          case NON_NEGATIVE -> Math.rint(Math.abs(x));
          case POSITIVE, ABOVE_MINUS_ONE -> Math.abs(x);
        };
  }
}
