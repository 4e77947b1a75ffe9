package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A cross-entropy with one choice of every option, on a batch drawn from a seed. */
record CrossEntropyCase(
    CrossEntropyReference loss,
    RowBatch batch,
    String targets,
    boolean decorated,
    String extra,
    long seed) {

  /** What a row of logits goes through beside, one at a time and all at once. */
  enum Extra {
    TEMPERATURE,
    SOFTCAP,
    ALLOWED_CLASSES,
    ALLOWED_CLASSES_PER_ROW,
    Z_LOSS,
    BONUS,
    PENALTY,
    ALL;

    CrossEntropyCase of(CrossEntropyCase each) {
      CrossEntropyReference loss = each.loss;
      RowBatch batch = each.batch;
      LogitOptions logits = LogitOptions.DEFAULT;
      if (this == TEMPERATURE || this == ALL) {
        logits = logits.withTemperature(0.7);
      }
      if (this == SOFTCAP || this == ALL) {
        logits = logits.withSoftcap(5);
      }
      if (this == ALLOWED_CLASSES) {
        batch = allowing(batch, batch.classes());
      }
      if (this == ALLOWED_CLASSES_PER_ROW || this == ALL) {
        batch = allowing(batch, batch.input().length);
      }
      if (this == Z_LOSS || this == ALL) {
        loss = loss.withZLoss(0.01);
      }
      if (this == BONUS || this == PENALTY || this == ALL) {
        loss = loss.withEntropy(this == PENALTY ? -0.5 : 0.3);
      }
      return new CrossEntropyCase(
          loss.withLogitOptions(logits),
          batch,
          each.targets,
          each.decorated,
          ", " + this,
          each.seed);
    }

    /** All classes but those with (row + class) a multiple of 3, and targets to match. */
    private static RowBatch allowing(RowBatch batch, int length) {
      boolean[] allowed = new boolean[length];
      for (int i = 0; i < length; i++) {
        allowed[i] = (i / batch.classes() + i % batch.classes()) % 3 != 0;
      }
      RowBatch allowing = batch.withAllowedClasses(allowed);
      int[] labels = batch.labels() == null ? null : batch.labels().clone();
      double[] q = batch.probabilities() == null ? null : batch.probabilities().clone();
      for (int i = 0; i < batch.rows(); i++) {
        if (labels != null && labels[i] != IGNORE && !allowing.isAllowed(i, labels[i])) {
          labels[i] = labels[i] == 0 ? 1 : labels[i] - 1;
        }
        for (int j = 0; q != null && j < batch.classes(); j++) {
          q[i * batch.classes() + j] *= allowing.isAllowed(i, j) ? 1 : 0;
        }
      }
      allowing = labels == null ? allowing : allowing.withLabels(labels);
      return q == null ? allowing : allowing.withProbabilities(q);
    }
  }

  static final int IGNORE = -100;

  /** Every reduction and denominator with and without every option, for every kind of target. */
  static List<CrossEntropyCase> all(int rows, int classes, long seed) {
    List<CrossEntropyCase> cases = new ArrayList<>();
    var random = new SplittableRandom(seed);
    List<Denominator> denominators =
        List.of(Denominator.WEIGHTS, Denominator.KEPT, Denominator.ALL, Denominator.given(7.25));
    for (String targets : List.of("labels", "probabilities", "probabilities and labels")) {
      for (boolean decorated : new boolean[] {false, true}) {
        for (double smoothing : new double[] {0, 0.1, 1}) {
          for (Reduction reduction : Reduction.values()) {
            for (Denominator denominator : reduction == Reduction.MEAN ? denominators : NO_CHOICE) {
              RowOptions options =
                  RowOptions.DEFAULT
                      .withReduction(reduction)
                      .withDenominator(denominator)
                      .withIgnoreIndex(IGNORE);
              double[] classWeights = random.doubles(classes, 0, 3).toArray();
              CrossEntropyCase plain =
                  new CrossEntropyCase(
                      new CrossEntropyReference(
                          decorated ? options.withClassWeights(classWeights) : options, smoothing),
                      batch(random, rows, classes, targets, decorated, reduction),
                      targets,
                      decorated,
                      "",
                      seed);
              cases.add(plain);
              boolean usual = reduction == Reduction.MEAN && denominator == Denominator.WEIGHTS;
              for (Extra extra : usual ? Extra.values() : new Extra[] {Extra.ALL}) {
                cases.add(extra.of(plain));
              }
            }
          }
        }
      }
    }
    return cases;
  }

  private static final List<Denominator> NO_CHOICE = List.of(Denominator.WEIGHTS);

  private static RowBatch batch(
      SplittableRandom random,
      int rows,
      int classes,
      String targets,
      boolean decorated,
      Reduction reduction) {
    int cells = rows * classes;
    RowBatch batch = RowBatch.of(random.doubles(cells, -6, 6).toArray(), rows, classes);
    if (targets.contains("labels")) {
      // The last row is ignored.
      int[] labels = random.ints(rows, 0, classes).toArray();
      labels[rows - 1] = IGNORE;
      batch = batch.withLabels(labels);
    }
    if (targets.contains("probabilities")) {
      batch = batch.withProbabilities(random.doubles(cells, 0, 1).toArray());
    }
    if (decorated) {
      boolean[] mask = new boolean[rows];
      for (int i = 0; i < rows; i++) {
        mask[i] = i != 1;
      }
      int upstreams = reduction == Reduction.NONE ? rows : 1;
      batch =
          batch
              .withRowMask(mask)
              .withRowWeights(random.doubles(rows, 0.1, 4).toArray())
              .withUpstream(random.doubles(upstreams, -3, 3).toArray());
    }
    return batch;
  }

  @Override
  public String toString() {
    return "%s %s, smoothing %s, %s over %s%s, seed %d"
        .formatted(
            targets,
            decorated ? "with all weights, mask and upstream" : "plain",
            loss.labelSmoothing(),
            loss.options().reduction(),
            loss.options().denominator(),
            extra,
            seed);
  }
}
