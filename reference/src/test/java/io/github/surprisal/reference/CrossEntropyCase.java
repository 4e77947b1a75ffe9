package io.github.surprisal.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A cross-entropy with one choice of every option, on a batch drawn from a seed. */
record CrossEntropyCase(
    CrossEntropyReference loss, RowBatch batch, String targets, boolean decorated, long seed) {

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
              cases.add(
                  new CrossEntropyCase(
                      new CrossEntropyReference(
                          decorated ? options.withClassWeights(classWeights) : options, smoothing),
                      batch(random, rows, classes, targets, decorated, reduction),
                      targets,
                      decorated,
                      seed));
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
    return "%s %s, smoothing %s, %s over %s, seed %d"
        .formatted(
            targets,
            decorated ? "with all weights, mask and upstream" : "plain",
            loss.labelSmoothing(),
            loss.options().reduction(),
            loss.options().denominator(),
            seed);
  }
}
