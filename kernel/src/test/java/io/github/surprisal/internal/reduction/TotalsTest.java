package io.github.surprisal.internal.reduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Sums, what they are held over and divided by, where powers of two make everything exact. */
class TotalsTest {
  private static Totals totals() {
    var totals = new Totals();
    totals.reset();
    return totals;
  }

  @Test
  void resetForgetsEverything() {
    var totals = totals();
    totals.rescale(0x1p500);
    totals.weighClasses(500);
    totals.sum().add(3);
    totals.weight().add(5);
    totals.divideBy(0, false);
    assertTrue(totals.overZero());
    totals.reset();
    assertFalse(totals.overZero());
    assertTrue(totals.holdsWeights());
    assertEquals(0, totals.weight().value());
    totals.sum().add(8);
    assertEquals(8, totals.reduced(1));
    totals.divideBy(4, false);
    totals.reset();
    totals.sum().add(8);
    assertEquals(8, totals.reduced(1));
    assertEquals(6, totals.plainFactor(2, 3));
  }

  @Test
  void weightsOfUsualSizesAreHeldAsTheyAre() {
    var totals = totals();
    for (double weight : new double[] {0, 1, 0x1p400, 0x1p-400}) {
      assertFalse(totals.rescale(weight));
      assertTrue(totals.holdsWeights());
      assertEquals(3, totals.held(3));
    }
    for (int n : new int[] {401, -401, 1000}) {
      assertTrue(totals.rescale(Math.scalb(1.5, n)));
      assertFalse(totals.holdsWeights());
      assertEquals(1.5, totals.held(Math.scalb(1.5, n)));
    }
  }

  @Test
  void plainFactorsWithinReach() {
    var totals = totals();
    totals.divideBy(4, false);
    assertEquals(2 * 3 / 4.0, totals.plainFactor(2, 3));
    for (double end : new double[] {0x1p-400, -0x1p-400, 0x1p400, -0x1p400}) {
      assertEquals(end, totals.plainFactor(end, 4));
      assertEquals(end, totals.plainFactor(1, 4 * end));
    }
    double below = Math.nextDown(0x1p-400);
    double above = Math.nextUp(0x1p400);
    for (double out : new double[] {below, -below, above, -above, 0, Double.NaN}) {
      assertEquals(Double.NaN, totals.plainFactor(out, 4));
      assertEquals(Double.NaN, totals.plainFactor(1, 4 * out));
    }
  }

  @Test
  void noPlainFactorOverAPowerOfTwo() {
    var totals = totals();
    totals.weighClasses(500);
    totals.divideBy(1, false);
    assertEquals(Double.NaN, totals.plainFactor(2, 3));
    assertEquals(Math.scalb(30.0, 500), totals.factor(2, 3, 5, 0));
    totals.divideBy(1, true);
    assertEquals(6, totals.plainFactor(2, 3));
  }

  @Test
  void powersOfTwoAreBackInTheResult() {
    var totals = totals();
    totals.rescale(0x1p-600);
    totals.weighClasses(500);
    totals.sum().add(6);
    totals.weight().add(2);
    totals.divideBy(2, false);
    assertEquals(3 * 0x1p-100, totals.reduced(1));
    totals.divideBy(2, true);
    assertEquals(3, totals.reduced(1));
    assertEquals(0, totals.reduced(0));
    totals.divideBy(0, true);
    assertEquals(Double.POSITIVE_INFINITY, totals.reduced(1));
    assertEquals(3 * 5 * 0x1p500, totals.weighted(3, 5));
    var sums = new DoubleDouble();
    var weights = new DoubleDouble();
    totals.addTo(sums, weights);
    assertEquals(6 * 0x1p-100, sums.value());
    assertEquals(2 * 0x1p-100, weights.value());
  }

  @Test
  void classWeightsAreHeldOverThePowerOfTwoThatTheLeastAllows() {
    assertEquals(500, new ClassWeights(new double[] {0x1p500, 0x1p-522}, false).exponent);
    assertEquals(0, new ClassWeights(new double[] {0x1p500, 0x1p-523}, false).exponent);
    assertEquals(0, new ClassWeights(new double[] {0x1p500, 1}, true).exponent);
    assertEquals(0, new ClassWeights(new double[] {0x1p400, 1}, false).exponent);
  }

  @Test
  void paddedSizesOfTheLargestArray() {
    int max = Integer.MAX_VALUE;
    assertEquals(max, Indices.padded(max, 1));
    assertEquals(max - 1, Indices.padded(max, 2));
    assertEquals(max - 3, Indices.padded(max, 4));
  }
}
