package io.github.surprisal.reference;

import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NegativeLogLikelihoodReferenceTest {

  private static final long SEED = 2718;

  private static LossResult<?> evaluate(RowOptions options, RowBatch batch) {
    return new NegativeLogLikelihoodReference(options).evaluate(batch);
  }

  @Test
  void dividesByTheSumOfWeights() {
    RowOptions options = RowOptions.DEFAULT.withClassWeights(2, 6);
    RowBatch batch =
        RowBatch.of(new double[] {-1, -2, -3, -4, -5, -6}, 3, 2)
            .withLabels(0, 1, -100)
            .withRowWeights(3, 1, 9);
    LossResult<?> result = evaluate(options, batch);
    // (3 * 2 * 1 + 1 * 6 * 4) / (3 * 2 + 1 * 6)
    assertEquals(2.5, result.loss(FLOAT64));
    assertArrayEquals(new double[] {6, 24, 0}, result.losses(FLOAT64));
    assertArrayEquals(new double[] {-0.5, 0, 0, -0.5, 0, 0}, result.gradient(FLOAT64));
    assertEquals(5, result.labelNll(FLOAT64));
  }

  @Test
  void ofLogSoftmaxIsCrossEntropy() {
    var random = new SplittableRandom(SEED);
    int classes = 6;
    double[] logits = random.doubles(classes, -3, 3).toArray();
    double sum = 0;
    for (double x : logits) {
      sum += Math.exp(x);
    }
    double[] logProbabilities = logits.clone();
    for (int j = 0; j < classes; j++) {
      logProbabilities[j] -= Math.log(sum);
    }
    double expected =
        new CrossEntropyReference(RowOptions.DEFAULT, 0)
            .evaluate(RowBatch.of(logits, 1, classes).withLabels(2))
            .loss(FLOAT64);
    RowBatch batch = RowBatch.of(logProbabilities, 1, classes).withLabels(2);
    assertEquals(
        expected, evaluate(RowOptions.DEFAULT, batch).loss(FLOAT64), 1e-14, "seed " + SEED);
  }

  @Test
  void impossibleLabelCostsInfinityUnlessItsWeightIsZero() {
    RowOptions sum = RowOptions.DEFAULT.withReduction(Reduction.SUM);
    RowBatch batch = RowBatch.of(new double[] {Double.NEGATIVE_INFINITY, 0}, 1, 2).withLabels(0);
    assertEquals(Double.POSITIVE_INFINITY, evaluate(sum, batch).loss(FLOAT64));
    assertArrayEquals(new double[] {-1, 0}, evaluate(sum, batch).gradient(FLOAT64));
    assertEquals(0, evaluate(sum.withClassWeights(0, 1), batch).loss(FLOAT64));
  }

  @Test
  void readsNothingButTheLabel() {
    RowBatch batch = RowBatch.of(new double[] {Double.NaN, -1}, 1, 2);
    assertEquals(1, evaluate(RowOptions.DEFAULT, batch.withLabels(1)).loss(FLOAT64));
    LossResult<?> result = evaluate(RowOptions.DEFAULT, batch.withLabels(0));
    assertEquals(Double.NaN, result.loss(FLOAT64));
    assertArrayEquals(new double[] {-1, 0}, result.gradient(FLOAT64));
  }

  @Test
  void naNClassWeightIsNaN() {
    RowBatch batch = RowBatch.of(new double[] {-1, -1}, 1, 2).withLabels(0);
    LossResult<?> result = evaluate(RowOptions.DEFAULT.withClassWeights(Double.NaN, 1), batch);
    assertEquals(Double.NaN, result.loss(FLOAT64));
    assertEquals(Double.NaN, result.gradient(FLOAT64)[1]);
    // The plain negative log-likelihood reads no weight.
    assertEquals(1, result.labelNll(FLOAT64));
  }

  @Test
  void wantsLabels() {
    RowBatch batch = RowBatch.of(new double[2], 1, 2);
    assertThrows(
        IllegalArgumentException.class,
        () -> evaluate(RowOptions.DEFAULT, batch.withProbabilities(1, 0)));
  }
}
