package io.github.surprisal.reference;

import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.reference.MulticlassLosses.CrammerSinger;
import io.github.surprisal.reference.MulticlassLosses.MultiMargin;
import io.github.surprisal.reference.MulticlassLosses.Sparsemax;
import io.github.surprisal.reference.ProbabilityLosses.GeneralizedCrossEntropy;
import io.github.surprisal.reference.ProbabilityLosses.Poly1;
import io.github.surprisal.reference.ProbabilityLosses.SoftmaxFocal;
import org.junit.jupiter.api.Test;

/** Published figures, and one test for each convention. */
class ClassificationReferenceTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final RowOptions SUM = RowOptions.DEFAULT.withReduction(Reduction.SUM);

  private static RowBatch row(double... scores) {
    return RowBatch.of(scores, 1, scores.length).withLabels(0);
  }

  private static void assertGives(
      ClassificationFormula formula, RowBatch batch, double loss, double... gradient) {
    assertGives(formula, SUM, batch, loss, gradient);
  }

  private static void assertGives(
      ClassificationFormula formula,
      RowOptions options,
      RowBatch batch,
      double loss,
      double... gradient) {
    var reference = new ClassificationReference(formula, options);
    assertLoss(reference.evaluate(batch, HundredDigits.of(1)), loss, gradient);
    assertLoss(reference.evaluate(batch, DoubleDouble.of(1)), loss, gradient);
  }

  private static void assertLoss(LossResult<?> result, double loss, double[] gradient) {
    assertEquals(loss, result.loss(FLOAT64), 1e-14);
    assertArrayEquals(gradient, result.gradient(FLOAT64), 1e-15);
  }

  /** The figures of optax's own tests, which its authors took from the paper's code. */
  @Test
  void poly1GivesThePublishedFigures() {
    double[][] figures = {
      {2, 4.5317}, {1, 3.7153}, {-1, 2.0827}, {0, 2.8990}, {-0.5, 2.4908}, {5.45, 7.3480}
    };
    RowBatch batch =
        RowBatch.of(new double[] {0.14, 1.456, 2.356, -0.124, -2.47}, 1, 5)
            .withProbabilities(0.1, 0.15, 0.2, 0.25, 0.3);
    for (double[] figure : figures) {
      var reference = new ClassificationReference(new Poly1(figure[0]), SUM);
      assertEquals(figure[1], reference.evaluate(batch).loss(FLOAT64), 1e-4);
    }
    batch =
        RowBatch.of(new double[] {4, 2, 1, 0, 5, 1}, 2, 3).withProbabilities(1, 0, 0, 0, 0.8, 0.2);
    var result = new ClassificationReference(new Poly1(2), SUM).evaluate(batch);
    assertArrayEquals(new double[] {0.4823, 1.2567}, result.losses(FLOAT64), 1e-4);
  }

  /** The example of PyTorch's documentation of MultiMarginLoss. */
  @Test
  void multiMarginGivesPyTorchsFigure() {
    RowBatch batch = row(0.1, 0.2, 0.4, 0.8).withLabels(3);
    assertGives(new MultiMargin(1, 1), batch, 0.325, 0.25, 0.25, 0.25, -0.75);
  }

  @Test
  void focalWithGammaZeroAndPoly1WithEpsilonZeroAreCrossEntropy() {
    RowBatch batch = row(1, 0.5, -3);
    LossResult<?> expected = new CrossEntropyReference(SUM, 0).evaluate(batch);
    double loss = expected.loss(FLOAT64);
    assertGives(new SoftmaxFocal(0), batch, loss, expected.gradient(FLOAT64));
    assertGives(new Poly1(0), batch, loss, expected.gradient(FLOAT64));
    assertEquals(
        expected.perplexity(FLOAT64),
        new ClassificationReference(new Poly1(1), SUM).evaluate(batch).perplexity(FLOAT64));
  }

  @Test
  void certaintyHasNoSlopeAtAnyGamma() {
    for (double gamma : new double[] {0, 0.5, 1, 2}) {
      assertGives(new SoftmaxFocal(gamma), row(0, -INF), 0, 0, 0);
      assertGives(new SoftmaxFocal(gamma), row(7), 0, 0);
    }
  }

  /** With e = exp(-400) the loss is e^1.5 and its slope 1.5 e^1.5. */
  @Test
  void focalKeepsTheDigitsOfATinyLoss() {
    var reference = new ClassificationReference(new SoftmaxFocal(0.5), SUM);
    double expected = Math.exp(-600);
    LossResult<?> result = reference.evaluate(row(400, 0));
    assertEquals(expected, result.loss(FLOAT64), 1e-13 * expected);
    assertEquals(1.5 * expected, result.gradient(FLOAT64)[1], 1e-13 * expected);
  }

  @Test
  void impossibleLabels() {
    RowBatch batch = row(-INF, 0, 0);
    assertGives(new SoftmaxFocal(2), batch, INF, -1, 0.5, 0.5);
    assertGives(new Poly1(2), batch, INF, -1, 0.5, 0.5);
    assertGives(new GeneralizedCrossEntropy(0.5), batch, 2, 0, 0, 0);
    assertGives(new MultiMargin(1, 1), batch, INF, -2 / 3., 1 / 3., 1 / 3.);
    assertGives(new MultiMargin(2, 1), batch, INF, -INF, INF, INF);
    assertGives(new CrammerSinger(1), batch, INF, -1, 1, 0);
    assertGives(new Sparsemax(), batch, INF, -1, 0.5, 0.5);
  }

  @Test
  void anImpossibleClassBesideTheLabelCostsNothing() {
    RowBatch batch = row(0, -INF);
    for (ClassificationCase each : ClassificationCase.all()) {
      assertGives(each.formula(), batch, 0, 0, 0);
      assertGives(each.formula(), row(0, NAN).withAllowedClasses(true, false), 0, 0, 0);
    }
  }

  @Test
  void aRowWithNaNOrPlusInfinityOrWithoutAPossibleClassIsNaN() {
    for (ClassificationCase each : ClassificationCase.all()) {
      assertGives(each.formula(), row(0, NAN), NAN, NAN, NAN);
      assertGives(each.formula(), row(0, INF), NAN, NAN, NAN);
      assertGives(each.formula(), row(-INF, -INF), NAN, NAN, NAN);
    }
  }

  @Test
  void ignoredRowsAreNotRead() {
    RowBatch batch = RowBatch.of(new double[] {NAN, NAN}, 1, 2).withLabels(-100).withUpstream(-1);
    for (ClassificationCase each : ClassificationCase.all()) {
      assertGives(each.formula(), RowOptions.DEFAULT, batch, 0, 0, 0);
    }
  }

  @Test
  void aNegativeClassWeightTurnsTheSigns() {
    for (ClassificationCase each : ClassificationCase.all()) {
      var plain = new ClassificationReference(each.formula(), SUM).evaluate(row(0, 0.5));
      double[] gradient = plain.gradient(FLOAT64);
      assertGives(
          each.formula(),
          SUM.withClassWeights(-1, 1),
          row(0, 0.5),
          0 - plain.loss(FLOAT64),
          0 - gradient[0],
          0 - gradient[1]);
    }
  }

  @Test
  void aNaNClassWeightIsNaN() {
    for (ClassificationCase each : ClassificationCase.all()) {
      assertGives(each.formula(), SUM.withClassWeights(NAN, 1), row(0, 0.5), NAN, NAN, NAN);
    }
  }

  @Test
  void defaultDenominators() {
    RowOptions weighted = RowOptions.DEFAULT.withClassWeights(4, 1);
    RowBatch batch = row(0, 0).withRowWeights(2);
    double nll = Math.log(2);
    assertEquals(8 * 0.5 * nll, loss(new SoftmaxFocal(1), weighted, batch), 1e-14);
    assertEquals(nll + 0.5, loss(new Poly1(1), weighted, batch), 1e-14);
    assertEquals(0.5, loss(new GeneralizedCrossEntropy(1), weighted, batch), 1e-14);
    assertEquals(8 * 0.5, loss(new MultiMargin(1, 1), weighted, batch), 1e-14);
    assertEquals(8, loss(new CrammerSinger(1), weighted, batch), 1e-14);
    assertEquals(0.25, loss(new Sparsemax(), weighted, batch), 1e-14);
    RowBatch soft = RowBatch.of(new double[2], 1, 2).withProbabilities(1, 0).withRowWeights(2);
    assertEquals(8 * (nll + 0.5), loss(new Poly1(1), weighted, soft), 1e-14);
  }

  private static double loss(ClassificationFormula formula, RowOptions options, RowBatch batch) {
    return new ClassificationReference(formula, options).evaluate(batch).loss(FLOAT64);
  }

  @Test
  void atAKinkTheSlopeIsThatOfTheInactiveSide() {
    assertGives(new MultiMargin(1, 1), row(1, 0), 0, 0, 0);
    assertGives(new CrammerSinger(1), row(1, 0), 0, 0, 0);
  }

  @Test
  void theFirstOfEqualRivalsHasTheSlope() {
    assertGives(new CrammerSinger(1), row(0, 2, 2), 3, -1, 1, 0);
  }

  @Test
  void sparsemaxOfTiesIsExact() {
    assertGives(new Sparsemax(), row(1e30, 1e30, -1e30), 0.25, -0.5, 0.5, 0);
    assertGives(new Sparsemax(), row(0, 1e5, 0).withLabels(1), 0, 0, 0, 0);
    // z = (0.5, 0): tau = -0.25, p = (0.75, 0.25).
    assertGives(new Sparsemax(), row(0.5, 0), 0.0625, -0.25, 0.25);
  }

  @Test
  void lossesOfScoresHaveNoPerplexity() {
    var reference = new ClassificationReference(new CrammerSinger(1), SUM);
    assertEquals(NAN, reference.evaluate(row(0, 0)).perplexity(FLOAT64));
  }

  @Test
  void rejectsWhatCannotBeMeant() {
    assertThrows(IllegalArgumentException.class, () -> new SoftmaxFocal(-1));
    assertThrows(IllegalArgumentException.class, () -> new Poly1(INF));
    assertThrows(IllegalArgumentException.class, () -> new GeneralizedCrossEntropy(0));
    assertThrows(IllegalArgumentException.class, () -> new GeneralizedCrossEntropy(1.5));
    assertThrows(IllegalArgumentException.class, () -> new MultiMargin(3, 1));
    assertThrows(IllegalArgumentException.class, () -> new CrammerSinger(-1));
    RowBatch soft = RowBatch.of(new double[2], 1, 2).withProbabilities(1, 0);
    assertThrows(IllegalArgumentException.class, () -> loss(new Sparsemax(), SUM, soft));
  }
}
