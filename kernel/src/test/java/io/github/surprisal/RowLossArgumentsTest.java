package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.GeneralizedCrossEntropy;
import io.github.surprisal.rows.NegativeLogLikelihood;
import io.github.surprisal.rows.PolyLoss;
import io.github.surprisal.rows.RowStatistics;
import io.github.surprisal.rows.SoftmaxFocal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every error names the argument, the rule and the value, and nothing has been written. */
class RowLossArgumentsTest {
  private static final CrossEntropy LOSS = CrossEntropy.builder().build();
  private static final Matrix LOGITS = Matrix.of(new float[6], 2, 3);

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void labels() {
    float[] gradient = {5, 5, 5, 5, 5, 5};
    refused(
        "labels[1] = 3, expected 0 <= label < 3 or ignoreIndex -100",
        () -> LOSS.lossAndGradient(new float[6], new int[] {0, 3}, gradient));
    refused(
        "labels[0] = -1, expected 0 <= label < 3 or ignoreIndex -100",
        () -> LOSS.lossAndGradient(new float[6], new int[] {-1, 0}, gradient));
    assertArrayEquals(new float[] {5, 5, 5, 5, 5, 5}, gradient);
    refused("labels.length = 3, expected one a row, 2", () -> Batch.of(LOGITS, new int[3]));
  }

  @Test
  void theLabelOfAMaskedRowIsNotRead() {
    var batch = Batch.of(LOGITS, new int[] {9, 0});
    assertEquals(Math.log(3), LOSS.loss(batch.mask(new boolean[] {false, true})), 1e-15);
    assertEquals(Math.log(3), LOSS.loss(batch.weights(new float[] {0, 1})), 1e-15);
  }

  @Test
  void lengths() {
    refused(
        "logits.length = 7, expected a multiple of labels.length = 2",
        () -> LOSS.loss(new float[7], new int[2]));
    refused(
        "gradient.length = 5, expected logits.length = 6",
        () -> LOSS.lossAndGradient(new double[6], new int[2], new double[5]));
    refused("classes = 0, expected at least 1", () -> LOSS.loss(new float[0], new int[2]));
    var batch = Batch.of(LOGITS, new int[2]);
    refused("weights.length = 1, expected one a row, 2", () -> batch.weights(new float[1]));
    refused("weights.length = 3, expected one a row, 2", () -> batch.weights(new double[3]));
    refused("mask.length = 1, expected one a row, 2", () -> batch.mask(new boolean[1]));
    refused("upstream.length = 1, expected one a row, 2", () -> batch.upstream(new float[1]));
    refused("upstream.length = 3, expected one a row, 2", () -> batch.upstream(new double[3]));
    refused("losses.length = 3, expected one a row, 2", () -> batch.losses(new float[3]));
    refused("losses.length = 1, expected one a row, 2", () -> batch.losses(new double[1]));
    var none = RowStatistics.none();
    refused(
        "logSumExp.length = 1, expected one a row, 2",
        () -> batch.statistics(none.logSumExp(new double[1])));
    refused(
        "entropy.length = 3, expected one a row, 2",
        () -> batch.statistics(none.entropy(new double[3])));
    refused(
        "labelProbability.length = 1, expected one a row, 2",
        () -> batch.statistics(none.labelProbability(new double[1])));
    refused(
        "correct.length = 1, expected one a row, 2",
        () -> batch.statistics(none.correct(new boolean[1])));
    var weighted = CrossEntropy.builder().classWeights(1, 2).build();
    refused("classWeights.length = 2, expected one a class, 3", () -> weighted.loss(batch));
  }

  @Test
  void shapesAndTypes() {
    var other = Matrix.of(new float[6], 3, 2);
    refused(
        "probabilities = " + other + ", expected the shape of logits = " + LOGITS,
        () -> Batch.of(LOGITS, other));
    var doubles = Matrix.of(new double[6], 2, 3);
    refused(
        "gradient = " + doubles + ", expected the element type of logits = " + LOGITS,
        () -> LOSS.lossAndGradient(Batch.of(LOGITS, new int[2]), doubles));
    refused(
        "targets are probabilities, expected labels",
        () -> NegativeLogLikelihood.builder().build().loss(Batch.of(LOGITS, LOGITS)));
    refused(
        "targets are probabilities, expected labels",
        () -> SoftmaxFocal.builder().build().loss(Batch.of(LOGITS, LOGITS)));
    refused(
        "allowed classes or statistics are given, expected none without a softmax",
        () ->
            NegativeLogLikelihood.builder()
                .build()
                .loss(Batch.of(LOGITS, new int[2]).allowed(new long[] {1})));
  }

  @Test
  void matrices() {
    refused("rows = -1, expected at least 0", () -> Matrix.of(new float[6], -1, 3));
    refused(
        "rowStride = 2, expected at least 3, so that no two elements lie in one place",
        () -> Matrix.of(new float[6], 0, 2, 3, 2));
    refused(
        "values.length = 6, expected at least 7 for 2 x 3, offset 1, row stride 3",
        () -> Matrix.of(new float[6], 1, 2, 3, 3));
    refused(
        "values.length = 6, expected at least 4611686014132420609 for 2147483647 x 2147483647,"
            + " offset 0, row stride 2147483647",
        () -> Matrix.of(new float[6], Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void memory() {
    float[] shared = new float[20];
    var logits = Matrix.of(shared, 0, 2, 3, 3);
    var later = Matrix.of(shared, 1, 2, 3, 3);
    var batch = Batch.of(logits, new int[2]);
    refused(
        "gradient = %s overlaps logits = %s, expected the same or none".formatted(later, logits),
        () -> LOSS.lossAndGradient(batch, later));
    LOSS.lossAndGradient(batch, Matrix.of(shared, 6, 2, 3, 3));
    var probabilities = Matrix.of(shared, 10, 2, 3, 3);
    refused(
        "gradient = %s overlaps probabilities = %s, expected memory apart"
            .formatted(probabilities, probabilities),
        () -> LOSS.lossAndGradient(Batch.of(logits, probabilities), probabilities));
    float[] losses = new float[2];
    refused(
        "gradient = %s overlaps losses, expected memory apart".formatted(Matrix.of(losses, 2, 1)),
        () ->
            LOSS.lossAndGradient(
                Batch.of(Matrix.of(new float[2], 2, 1), new int[2]).losses(losses),
                Matrix.of(losses, 2, 1)));
  }

  @Test
  void options() {
    refused(
        "labelSmoothing = 1.5, expected 0 <= labelSmoothing <= 1",
        () -> CrossEntropy.builder().labelSmoothing(1.5));
    refused(
        "labelSmoothing = NaN, expected 0 <= labelSmoothing <= 1",
        () -> CrossEntropy.builder().labelSmoothing(Double.NaN));
    refused(
        "temperature = 0.0, expected 2^-100 <= temperature <= 2^100",
        () -> CrossEntropy.builder().temperature(0));
    refused(
        "softcap = -1.0, expected 2^-20 <= softcap <= 2^20 or infinity",
        () -> CrossEntropy.builder().softcap(-1));
    refused("zLoss = -1.0, expected 0 <= zLoss < infinity", () -> CrossEntropy.builder().zLoss(-1));
    refused(
        "entropyWeight = NaN, expected a finite number",
        () -> CrossEntropy.builder().entropyWeight(Double.NaN));
    refused("gamma = -1.0, expected 0 <= gamma < infinity", () -> SoftmaxFocal.builder().gamma(-1));
    refused(
        "epsilon = NaN, expected a finite number", () -> PolyLoss.builder().epsilon(Double.NaN));
    refused("q = 0.0, expected 0 < q <= 1", () -> GeneralizedCrossEntropy.builder().q(0));
    refused(
        "classWeights[1] = Infinity, expected a finite number",
        () -> CrossEntropy.builder().classWeights(1, Double.POSITIVE_INFINITY));
    refused(
        "denominator = -1.0, expected a finite number of at least 0", () -> Reduction.meanOver(-1));
    refused(
        "upstream is an array, expected a number under reduction MEAN",
        () -> LOSS.loss(Batch.of(LOGITS, new int[2]).upstream(new float[2])));
  }

  @Test
  void teachers() {
    var loss = Distillation.builder().build();
    var batch = Batch.of(LOGITS);
    refused("teacher = null, expected logits or probabilities", () -> loss.loss(batch));
    var other = Matrix.of(new float[6], 3, 2);
    refused(
        "teacher = " + other + ", expected the shape of logits = " + LOGITS,
        () -> batch.teacher(other));
    refused(
        "teacher = " + other + ", expected as many rows as logits = " + LOGITS,
        () -> batch.teacher(new int[6], other));
    var doubles = Matrix.of(new double[6], 2, 3);
    refused(
        "teacher = " + doubles + ", expected the element type of logits = " + LOGITS,
        () -> batch.teacher(new int[6], doubles));
    var top = Matrix.of(new float[4], 2, 2);
    refused(
        "indices.length = 3, expected one a probability, 4", () -> batch.teacher(new int[3], top));
    refused(
        "indices[3] = 3, expected 0 <= index < 3",
        () -> loss.loss(batch.teacher(new int[] {0, 1, 2, 3}, top)));
    refused(
        "indices[3] = 2, expected to differ from indices[2]",
        () -> loss.loss(batch.teacher(new int[] {0, 1, 2, 2}, top)));
    var mixed = Distillation.builder().hardWeight(0.5).build();
    refused(
        "labels = null, expected labels for the hard part",
        () -> mixed.loss(batch.teacher(LOGITS)));
    refused(
        "targets are probabilities, expected a teacher", () -> loss.loss(Batch.of(LOGITS, LOGITS)));
    refused("labels = null, expected labels or probabilities", () -> LOSS.loss(batch));
    refused(
        "teacher is given, expected none but in a Distillation",
        () -> LOSS.loss(Batch.of(LOGITS, new int[2]).teacher(LOGITS)));
    refused(
        "statistics are given, expected none with a teacher",
        () ->
            loss.loss(
                batch.teacher(LOGITS).statistics(RowStatistics.none().logSumExp(new double[2]))));
    refused(
        "gradient = %s overlaps teacher = %s, expected memory apart".formatted(LOGITS, LOGITS),
        () ->
            loss.lossAndGradient(Batch.of(Matrix.of(new float[6], 2, 3)).teacher(LOGITS), LOGITS));
    refused(
        "teacherTemperature = 0.0, expected 2^-100 <= teacherTemperature <= 2^100",
        () -> Distillation.builder().teacherTemperature(0));
    refused(
        "hardWeight = 1.5, expected 0 <= hardWeight <= 1",
        () -> Distillation.builder().hardWeight(1.5));
    refused(
        "beta = 1.5, expected 0, 1 or 2^-20 <= beta <= 1 - 2^-20",
        () -> Distillation.builder().divergence(new Divergence.JensenShannon(1.5)));
  }
}
