package io.github.surprisal.bench.peers;

import io.github.surprisal.bench.peer.Workload;
import java.util.Map;
import java.util.SplittableRandom;

/** Batches for each loss that a peer may have. */
final class Batches {
  /** What predictions and targets are drawn from. */
  private enum Inputs {
    LOGITS_AND_LABELS,
    LOG_PROBABILITIES_AND_LABELS,
    REAL,
    LOGIT,
    PROBABILITY,
    SIGN,
    COUNT,
    VARIANCE,
    LOG_PROBABILITY
  }

  private static final Map<String, Inputs> INPUTS =
      Map.ofEntries(
          Map.entry("cross_entropy", Inputs.LOGITS_AND_LABELS),
          Map.entry("nll", Inputs.LOG_PROBABILITIES_AND_LABELS),
          Map.entry("binary_cross_entropy", Inputs.PROBABILITY),
          Map.entry("binary_cross_entropy_with_logits", Inputs.LOGIT),
          Map.entry("sigmoid_focal", Inputs.LOGIT),
          Map.entry("soft_margin", Inputs.SIGN),
          Map.entry("squared_hinge", Inputs.SIGN),
          Map.entry("hinge", Inputs.SIGN),
          Map.entry("mse", Inputs.REAL),
          Map.entry("l1", Inputs.REAL),
          Map.entry("huber", Inputs.REAL),
          Map.entry("smooth_l1", Inputs.REAL),
          Map.entry("log_cosh", Inputs.REAL),
          Map.entry("poisson_nll", Inputs.COUNT),
          Map.entry("gaussian_nll", Inputs.VARIANCE),
          Map.entry("kl_div", Inputs.LOG_PROBABILITY));

  private Batches() {}

  /** Names of the losses. */
  static Iterable<String> losses() {
    return INPUTS.keySet().stream().sorted().toList();
  }

  /** A batch of the usual spread: 64 rows of 1000 classes, or 10 of 100 for a pointwise loss. */
  static Workload draw(String loss, long seed) {
    return draw(loss, 3, seed);
  }

  /** A batch of logits of this spread. */
  static Workload draw(String loss, double spread, long seed) {
    Inputs inputs = INPUTS.get(loss);
    boolean labelled =
        inputs == Inputs.LOGITS_AND_LABELS || inputs == Inputs.LOG_PROBABILITIES_AND_LABELS;
    int rows = labelled ? 64 : 10;
    int columns = labelled ? 1000 : 100;
    var random = new SplittableRandom(seed);
    float[] x = new float[rows * columns];
    float[] y = labelled ? null : new float[x.length];
    float[] parameter = inputs == Inputs.VARIANCE ? new float[x.length] : null;
    int[] labels = labelled ? random.ints(rows, 0, columns).toArray() : null;
    for (int i = 0; i < x.length; i++) {
      double p = spread * random.nextGaussian();
      double t = 3 * random.nextGaussian();
      x[i] =
          (float)
              switch (inputs) {
                case PROBABILITY -> 1 / (1 + Math.exp(p));
                case LOG_PROBABILITY -> -Math.log1p(Math.exp(p));
                case LOG_PROBABILITIES_AND_LABELS -> p - 10;
                default -> p;
              };
      if (y != null) {
        y[i] =
            (float)
                switch (inputs) {
                  case PROBABILITY, LOGIT -> t < 0 ? 0 : 1;
                  case SIGN -> t < 0 ? -1 : 1;
                  case COUNT -> Math.rint(Math.abs(t));
                  case LOG_PROBABILITY -> 1 / (1 + Math.exp(t));
                  default -> t;
                };
      }
      if (parameter != null) {
        parameter[i] = 0.1f + (float) Math.abs(random.nextGaussian());
      }
    }
    return new Workload(loss, rows, columns, x, labels, y, parameter);
  }
}
