package io.github.surprisal.reference;

import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.surprisal.reference.Divergence.ForwardKl;
import io.github.surprisal.reference.Divergence.JensenShannon;
import io.github.surprisal.reference.Divergence.ReverseKl;
import io.github.surprisal.reference.Divergence.TotalVariation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Known figures, and one test for each convention. */
class DistillationReferenceTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final RowOptions MEAN = RowOptions.DEFAULT;
  private static final List<Divergence> ALL =
      List.of(new ForwardKl(), new ReverseKl(), new JensenShannon(0.5), new TotalVariation());

  private static RowBatch row(double... logits) {
    return RowBatch.of(logits, 1, logits.length);
  }

  private static Teacher.Logits logits(double... values) {
    return new Teacher.Logits(values);
  }

  private static double loss(Divergence divergence, RowBatch batch, Teacher teacher) {
    return new DistillationReference(divergence, MEAN, 1).evaluate(batch, teacher).loss(FLOAT64);
  }

  private static void assertGives(
      Divergence divergence, RowBatch batch, Teacher teacher, double loss, double... gradient) {
    var reference = new DistillationReference(divergence, MEAN, 1);
    assertLoss(reference.evaluate(batch, teacher, HundredDigits.of(1)), loss, gradient);
    assertLoss(reference.evaluate(batch, teacher, DoubleDouble.of(1)), loss, gradient);
  }

  private static void assertLoss(LossResult<?> result, double loss, double[] gradient) {
    assertEquals(loss, result.loss(FLOAT64), 1e-15);
    assertArrayEquals(gradient, result.gradient(FLOAT64), 1e-15);
  }

  /** The figures of optax's own test of KL with log targets; they are rounded to 4 digits. */
  @Test
  void forwardKlGivesThePublishedFigures() {
    double[] first = {-2.9957, -3.5066, -3.9120, -1.2040, -0.6931, -2.3026};
    double[] second = {-1.6094, -1.6094, -1.6094, -2.3026, -1.8971, -1.8971};
    assertEquals(0.88756, loss(new ForwardKl(), row(first), logits(second)), 2e-4);
    assertEquals(0.71874, loss(new ForwardKl(), row(second), logits(first)), 2e-4);
    assertEquals(0.71874, loss(new ReverseKl(), row(first), logits(second)), 2e-4);
  }

  @Test
  void ofEqualsIsExactlyZero() {
    double[] x = {0.1, -2.7, 1.3, 1.3, -INF};
    for (Divergence divergence : ALL) {
      var result =
          new DistillationReference(divergence, MEAN, 3).evaluate(row(x), logits(x.clone()));
      assertEquals(0, result.loss(FLOAT64));
      assertArrayEquals(new double[5], result.gradient(FLOAT64));
    }
  }

  @Test
  void jensenShannonAtOneHalfIsSymmetricAndAtMostLog2() {
    double[] x = {0.4, -1, 2};
    double[] y = {3, 0.5, 0.25};
    Divergence half = new JensenShannon(0.5);
    assertEquals(loss(half, row(x), logits(y)), loss(half, row(y), logits(x)), 1e-16);
    assertGives(half, row(0, -INF), logits(-INF, 0), Math.log(2), 0, 0);
  }

  @Test
  void jensenShannonEndsAreTheKullbackLeiblerDivergences() {
    RowBatch x = row(0.4, -1, 2);
    Teacher y = logits(3, 0.5, 0.25);
    assertEquals(loss(new ForwardKl(), x, y), loss(new JensenShannon(0), x, y));
    assertEquals(loss(new ReverseKl(), x, y), loss(new JensenShannon(1), x, y));
    double small = 1e-9;
    double near = loss(new JensenShannon(small), x, y) / small;
    assertEquals(loss(new ForwardKl(), x, y), near, 1e-7);
    near = loss(new JensenShannon(1 - 0x1p-30), x, y) * 0x1p30;
    assertEquals(loss(new ReverseKl(), x, y), near, 1e-7);
  }

  @Test
  void totalVariationHasNoSlopeWhereTheProbabilitiesAreEqual() {
    // 1/2, 1/4, 1/4 and 1/2, 1/2, 0: signs 0, 1, -1.
    double[] student = {Math.log(2), 0, 0};
    RowBatch batch = RowBatch.of(new double[] {0, -0.0, 0}, 1, 3);
    Teacher half = new Teacher.TopK(2, new int[] {0, 1}, new double[] {0.5, 0.25});
    assertGives(new TotalVariation(), row(0, 0, -INF), half, 0.125, -0.125, 0.125, 0);
    assertEquals(1, loss(new TotalVariation(), row(0, -INF), logits(-INF, 0)));
    assertEquals(0, loss(new TotalVariation(), batch, logits(0, 0, 0)));
    assertEquals(0.25, loss(new TotalVariation(), row(student), logits(0, 0, -INF)), 1e-15);
  }

  @Test
  void teacherMassOnAnImpossibleClassCostsInfinityWithAFiniteGradient() {
    assertGives(new ForwardKl(), row(0, -INF, 0), logits(0, 0, -INF), INF, 0, -0.5, 0.5);
  }

  @Test
  void teacherMassZeroOnAnImpossibleClassCostsNothing() {
    double[] one = {0, -INF, 0};
    for (Divergence divergence : ALL) {
      assertGives(divergence, row(one), logits(one), 0, 0, 0, 0);
    }
    assertGives(new ForwardKl(), row(0, 0), logits(0, -INF), Math.log(2), -0.5, 0.5);
    assertGives(new ReverseKl(), row(0, -INF), logits(0, 0), Math.log(2), 0, 0);
  }

  @Test
  void studentMassWhereTheTeacherHasNoneIsAPoleOfReverseKl() {
    assertGives(new ReverseKl(), row(0, 0, -INF), logits(0, -INF, 0), INF, -INF, INF, 0);
    assertGives(new ReverseKl(), row(0, -INF), logits(-INF, 0), INF, NAN, 0);
    // However little that mass is.
    assertGives(new ReverseKl(), row(0, -1e300), logits(0, -INF), INF, -INF, INF);
  }

  @Test
  void aRowOnEitherSideWithoutProbabilitiesIsNaN() {
    double[][] undefined = {{NAN, 0}, {INF, 0}, {-INF, -INF}};
    for (Divergence divergence : ALL) {
      for (double[] bad : undefined) {
        assertGives(divergence, row(bad), logits(0, 0), NAN, NAN, NAN);
        assertGives(divergence, row(0, 0), logits(bad), NAN, NAN, NAN);
      }
      Teacher negative = new Teacher.TopK(1, new int[] {1}, new double[] {-0.1});
      assertGives(divergence, row(0, 0), negative, NAN, NAN, NAN);
    }
  }

  @Test
  void classesThatAreNotAllowedAreImpossibleOnBothSides() {
    RowBatch batch = row(0, NAN, 0).withAllowedClasses(true, false, true);
    for (Divergence divergence : ALL) {
      assertGives(divergence, batch, logits(0, INF, 0), 0, 0, 0, 0);
    }
  }

  @Test
  void theTopKIsNotScaledToOne() {
    Teacher top = new Teacher.TopK(1, new int[] {1}, new double[] {0.5});
    // 0.5 (log 0.5 - log 0.25)
    assertGives(
        new ForwardKl(), row(0, 0, 0, 0), top, 0.5 * Math.log(2), 0.125, -0.375, 0.125, 0.125);
  }

  @Test
  void theTemperatureDividesBothSidesAndItsSquareMultiplies() {
    RowBatch batch = row(3, 0);
    Teacher teacher = logits(0, 3);
    double plain = loss(new ForwardKl(), row(1, 0), logits(0, 1));
    var warm = new DistillationReference(new ForwardKl(), MEAN, 3);
    assertEquals(plain, warm.evaluate(batch, teacher).loss(FLOAT64), 1e-15);
    var hinton = new DistillationReference(new ForwardKl(), MEAN, 3, 3, true, 0);
    var result = hinton.evaluate(batch, teacher);
    assertEquals(9 * plain, result.loss(FLOAT64), 1e-14);
    double q = 1 / (1 + Math.exp(-1));
    assertEquals(3 * (2 * q - 1), result.gradient(FLOAT64)[0], 1e-14);
  }

  @Test
  void onlyTheHardPartHasClassWeightsAndMeanDividesByRowsKept() {
    RowOptions options = MEAN.withClassWeights(5, 1);
    RowBatch batch =
        RowBatch.of(new double[4], 2, 2).withLabels(0, -100).withRowWeights(2, 2).withUpstream(-1);
    var mixed = new DistillationReference(new ForwardKl(), options, 1, 1, false, 0.25);
    var result = mixed.evaluate(batch, logits(0, -INF, NAN, NAN));
    double nll = Math.log(2);
    assertEquals(2 * (0.25 * 5 * nll + 0.75 * nll), result.loss(FLOAT64), 1e-14);
    assertArrayEquals(new double[] {2, -2, 0, 0}, result.gradient(FLOAT64), 1e-15);
    assertEquals(2, result.sumOfWeights(FLOAT64));
    assertEquals(2, result.perplexity(FLOAT64), 1e-15);
  }

  @Test
  void aPartOfWeightZeroIsNotRead() {
    RowBatch batch = row(0, 0).withLabels(0);
    var hard = new DistillationReference(new ForwardKl(), MEAN, 1, 1, false, 1);
    assertEquals(Math.log(2), hard.evaluate(batch, logits(NAN, NAN)).loss(FLOAT64));
    RowOptions negative = MEAN.withClassWeights(-1, -1);
    var soft = new DistillationReference(new ForwardKl(), negative, 1);
    assertEquals(0, soft.evaluate(batch, logits(0, 0)).loss(FLOAT64));
  }

  @Test
  void rejectsWhatCannotBeMeant() {
    assertRejects(() -> new JensenShannon(1.5));
    assertRejects(() -> new DistillationReference(new ForwardKl(), MEAN, 0));
    assertRejects(() -> loss(new ForwardKl(), row(0, 0), logits(0)));
    assertRejects(() -> loss(new ForwardKl(), row(0, 0).withProbabilities(1, 0), logits(0, 0)));
    for (int[] bad : new int[][] {{0, 0}, {0, 2}, {-1, 0}, {0}}) {
      Teacher top = new Teacher.TopK(2, bad, new double[] {0.5, 0.25});
      assertRejects(() -> loss(new ForwardKl(), row(0, 0), top));
    }
    var mixed = new DistillationReference(new ForwardKl(), MEAN, 1, 1, false, 0.5);
    assertRejects(() -> mixed.evaluate(row(0, 0), logits(0, 0)));
  }

  private static void assertRejects(org.junit.jupiter.api.function.Executable call) {
    assertThrows(IllegalArgumentException.class, call);
  }
}
