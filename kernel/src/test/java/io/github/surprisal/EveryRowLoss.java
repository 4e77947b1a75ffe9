package io.github.surprisal;

import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrammerSinger;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.GeneralizedCrossEntropy;
import io.github.surprisal.rows.MultiMargin;
import io.github.surprisal.rows.NegativeLogLikelihood;
import io.github.surprisal.rows.PolyLoss;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.SoftmaxFocal;
import io.github.surprisal.rows.SparsemaxLoss;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

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

  static List<EveryRowLoss> list() {
    return List.of(
        new EveryRowLoss("labels", CrossEntropy.builder().labelSmoothing(0.1), Targets.LABELS),
        new EveryRowLoss("probabilities", CrossEntropy.builder(), Targets.PROBABILITIES),
        new EveryRowLoss("focal", SoftmaxFocal.builder(), Targets.LABELS),
        new EveryRowLoss("poly", PolyLoss.builder(), Targets.LABELS),
        new EveryRowLoss("generalized", GeneralizedCrossEntropy.builder(), Targets.LABELS),
        new EveryRowLoss("nll", NegativeLogLikelihood.builder(), Targets.LABELS),
        new EveryRowLoss("forward KL", Distillation.builder(), Targets.TEACHER),
        new EveryRowLoss(
            "with a hard part",
            Distillation.builder().divergence(new Divergence.ReverseKl()).hardWeight(0.3),
            Targets.TEACHER),
        new EveryRowLoss(
            "Jensen-Shannon",
            Distillation.builder().divergence(new Divergence.JensenShannon(0.5)),
            Targets.TEACHER),
        new EveryRowLoss(
            "total variation",
            Distillation.builder().divergence(new Divergence.TotalVariation()),
            Targets.TEACHER),
        new EveryRowLoss("multi-margin", MultiMargin.builder(), Targets.LABELS),
        new EveryRowLoss("Crammer-Singer", CrammerSinger.builder(), Targets.LABELS),
        new EveryRowLoss("sparsemax", SparsemaxLoss.builder(), Targets.LABELS));
  }
}
