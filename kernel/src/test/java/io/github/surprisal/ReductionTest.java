package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Reductions, denominators, upstream factors, outputs and the mergeable sum. */
class ReductionTest {
  private static final double[] LOGITS = {1, 2, 3, 0, 0, 0, -1, 5, 2, 4, 4, 1};
  private static final int[] LABELS = {2, 1, -100, 0};
  private static final double[] WEIGHTS = {1, 3, 1, 0.5};

  private final double[] losses = new double[4];
  private final double[] gradient = new double[12];

  private Batch batch() {
    return Batch.of(Matrix.of(LOGITS, 4, 3), LABELS).weights(WEIGHTS).losses(losses);
  }

  private double run(Reduction reduction) {
    return CrossEntropy.builder()
        .reduction(reduction)
        .build()
        .lossAndGradient(batch(), Matrix.of(gradient, 4, 3));
  }

  private double sumOfLosses() {
    return losses[0] + losses[1] + losses[2] + losses[3];
  }

  @Test
  void denominators() {
    double sum = run(Reduction.SUM);
    assertEquals(sumOfLosses(), sum, 1e-15);
    assertEquals(sum, run(Reduction.NONE));
    assertEquals(sum / 4.5, run(Reduction.MEAN), 1e-15);
    assertEquals(sum / 4.5, run(Reduction.mean(Denominator.WEIGHTS)), 1e-15);
    assertEquals(sum / 3, run(Reduction.mean(Denominator.KEPT)), 1e-15);
    assertEquals(sum / 4, run(Reduction.mean(Denominator.ALL)), 1e-15);
    assertEquals(sum / 64, run(Reduction.meanOver(64)), 1e-15);
  }

  @Test
  void tinyWeightsDoNotOverflow() {
    double[] out = new double[2];
    var batch =
        Batch.of(Matrix.of(new double[] {1, 2}, 1, 2), new int[] {1})
            .weights(new double[] {1e-310});
    double loss = CrossEntropy.builder().build().lossAndGradient(batch, Matrix.of(out, 1, 2));
    assertEquals(0.3132616875182229, loss, 1e-15);
    assertArrayEquals(new double[] {0.2689414213699951, -0.2689414213699951}, out, 1e-15);
  }

  @Test
  void theGradientIsDividedToo() {
    run(Reduction.SUM);
    double[] summed = gradient.clone();
    run(Reduction.meanOver(64));
    for (int i = 0; i < summed.length; i++) {
      assertEquals(summed[i] / 64, gradient[i], 1e-17);
    }
  }

  @Test
  void probabilitiesDivideByKeptRows() {
    var probabilities = Matrix.of(new double[] {0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0}, 4, 3);
    var batch = Batch.of(Matrix.of(LOGITS, 4, 3), probabilities).labels(LABELS).weights(WEIGHTS);
    double sum = run(Reduction.SUM);
    assertEquals(sum / 3, CrossEntropy.builder().build().loss(batch), 1e-15);
  }

  @Test
  void upstreamScalesTheGradientOnly() {
    double loss = run(Reduction.NONE);
    double[] plain = gradient.clone();
    var none = CrossEntropy.builder().reduction(Reduction.NONE).build();
    var scaled = batch().upstream(2).upstream(new double[] {1, 10, 100, 1000});
    assertEquals(loss, none.lossAndGradient(scaled, Matrix.of(gradient, 4, 3)));
    for (int i = 0; i < 12; i++) {
      assertEquals(2 * plain[i] * Math.pow(10, i / 3), gradient[i], 1e-10);
    }
  }

  @Test
  void lossesFitEitherType() {
    run(Reduction.SUM);
    float[] floats = new float[4];
    CrossEntropy.builder().build().loss(batch().losses(floats));
    for (int i = 0; i < 4; i++) {
      assertEquals((float) losses[i], floats[i]);
    }
  }

  @Test
  void perplexityOfAUniformGuessIsTheNumberOfClasses() {
    var smoothed = CrossEntropy.builder().labelSmoothing(0.1).classWeights(new double[10]).build();
    var sum = new LossSum();
    smoothed.loss(Batch.of(Matrix.of(new float[50], 5, 10), new int[] {0, 3, 9, -100, 1}).sum(sum));
    assertEquals(10, sum.perplexity(), 1e-12);
    assertEquals(1, new LossSum().perplexity());
  }

  @Test
  void mergedSumsGiveTheMeanOfOneCall() {
    var random = new SplittableRandom(11);
    double[] logits = random.doubles(1000 * 7, -20, 20).toArray();
    int[] labels = random.ints(1000, 0, 7).toArray();
    var loss = CrossEntropy.builder().build();
    var all = new LossSum();
    loss.loss(Batch.of(Matrix.of(logits, 1000, 7), labels).sum(all));
    var merged = new LossSum();
    for (int row = 0; row < 1000; row += 125) {
      var part = new LossSum();
      var rows = Matrix.of(logits, row * 7, 125, 7, 7);
      loss.loss(Batch.of(rows, java.util.Arrays.copyOfRange(labels, row, row + 125)).sum(part));
      merged.merge(part);
    }
    assertEquals(all.sum(), merged.sum(), Math.ulp(all.sum()));
    assertEquals(all.mean(), merged.mean(), Math.ulp(all.mean()));
    assertEquals(1000, merged.rowsKept());
    assertEquals(loss.loss(logits, labels), merged.mean(), Math.ulp(all.mean()));
    merged.reset();
    assertEquals(0, merged.mean());
  }

  @Test
  void strideAndOffsetTouchNothingElse() {
    double[] logits = new double[30];
    double[] out = new double[40];
    java.util.Arrays.fill(out, 5);
    for (int r = 0; r < 4; r++) {
      System.arraycopy(LOGITS, 3 * r, logits, 2 + 7 * r, 3);
    }
    run(Reduction.SUM);
    var strided = Batch.of(Matrix.of(logits, 2, 4, 3, 7), LABELS).weights(WEIGHTS);
    CrossEntropy.builder()
        .reduction(Reduction.SUM)
        .build()
        .lossAndGradient(strided, Matrix.of(out, 1, 4, 3, 9));
    double[] expected = new double[40];
    java.util.Arrays.fill(expected, 5);
    for (int r = 0; r < 4; r++) {
      System.arraycopy(gradient, 3 * r, expected, 1 + 9 * r, 3);
    }
    assertArrayEquals(expected, out);
  }

  @Test
  void inPlaceGivesTheSameGradient() {
    for (int classes : new int[] {3, 40, 5000}) {
      float[] logits = new float[2 * classes];
      var random = new SplittableRandom(classes);
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) random.nextDouble(-5, 5);
      }
      float[] separate = new float[logits.length];
      int[] labels = {1, classes - 1};
      double loss = CrossEntropy.builder().build().lossAndGradient(logits, labels, separate);
      assertEquals(loss, CrossEntropy.builder().build().lossAndGradient(logits, labels, logits));
      assertArrayEquals(separate, logits);
    }
  }

  @Test
  void ofXgboostTheHessianIsTheMagnitudeOfTheGradient() {
    double[] hessian = new double[12];
    CrossEntropy.builder()
        .hessianConvention(HessianConvention.XGBOOST_3_5)
        .build()
        .gradientAndHessian(
            Batch.of(Matrix.of(LOGITS, 4, 3), LABELS),
            Matrix.of(gradient, 4, 3),
            Matrix.of(hessian, 4, 3));
    for (int i = 0; i < 12; i++) {
      assertEquals(Math.abs(gradient[i]), hessian[i]);
      assertEquals(i / 3 == 2, hessian[i] == 0);
    }
  }
}
