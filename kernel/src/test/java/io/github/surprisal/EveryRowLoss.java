package io.github.surprisal;

import io.github.surprisal.catalog.Losses;
import io.github.surprisal.catalog.RowInfo;
import io.github.surprisal.catalog.Values;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.RowLoss;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Every loss of rows, with rows for it: one list for the tests that hold each of them to a rule.
 *
 * @param name what it is called
 * @param builder its options, but for class weights and reduction
 * @param targets what its rows have
 */
record EveryRowLoss(String name, RowLoss.Builder<?> builder, Targets targets) {
  static final int ROWS = 60;
  private static final int CLASSES = 7;

  private static final double[] LOGITS = random(1, ROWS * CLASSES, -8, 8);
  private static final double[] TEACHER_LOGITS = random(2, ROWS * CLASSES, -8, 8);
  private static final double[] TARGETS = random(3, ROWS * CLASSES, 0, 0.3);
  private static final double[] WEIGHTS = random(4, ROWS, 0.1, 4);
  private static final double[] CLASS_WEIGHTS = random(5, CLASSES, 0.1, 4);
  private static final int[] ROW_LABELS = new SplittableRandom(6).ints(ROWS, 0, CLASSES).toArray();

  static {
    WEIGHTS[17] = 0;
    ROW_LABELS[3] = -100;
  }

  /** Whether rows have a label, probabilities, or a label and a teacher. */
  enum Targets {
    LABELS,
    PROBABILITIES,
    TEACHER
  }

  RowLoss loss(Reduction reduction) {
    return builder.classWeights(CLASS_WEIGHTS).reduction(reduction).build();
  }

  Batch batch(int from, int to) {
    var labels = Arrays.copyOfRange(ROW_LABELS, from, to);
    var batch =
        switch (targets) {
          case LABELS -> Batch.of(part(LOGITS, from, to), labels);
          case PROBABILITIES -> Batch.of(part(LOGITS, from, to), part(TARGETS, from, to));
          case TEACHER ->
              Batch.of(part(LOGITS, from, to), labels).teacher(part(TEACHER_LOGITS, from, to));
        };
    return batch.weights(Arrays.copyOfRange(WEIGHTS, from, to));
  }

  @Override
  public String toString() {
    return name;
  }

  private static Matrix part(double[] values, int from, int to) {
    return Matrix.of(values, from * CLASSES, to - from, CLASSES, CLASSES);
  }

  private static double[] random(long seed, int n, double least, double most) {
    return new SplittableRandom(seed).doubles(n, least, most).toArray();
  }

  /** Every loss of rows in the catalog with its usual options, and three with others. */
  static List<EveryRowLoss> list() {
    var others =
        Stream.of(
            new EveryRowLoss(
                "smoothed", CrossEntropy.builder().labelSmoothing(0.1), Targets.LABELS),
            new EveryRowLoss("of probabilities", CrossEntropy.builder(), Targets.PROBABILITIES),
            new EveryRowLoss(
                "with a hard part",
                Distillation.builder().divergence(new Divergence.ReverseKl()).hardWeight(0.3),
                Targets.TEACHER));
    return Stream.concat(Losses.rows().stream().map(EveryRowLoss::of), others).toList();
  }

  static EveryRowLoss named(String name) {
    return list().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static EveryRowLoss of(RowInfo info) {
    var targets = info.targets() == Values.TEACHER ? Targets.TEACHER : Targets.LABELS;
    return new EveryRowLoss(info.name(), info.builder().get(), targets);
  }
}
