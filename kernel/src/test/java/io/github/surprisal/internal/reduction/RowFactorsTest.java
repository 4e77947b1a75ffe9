package io.github.surprisal.internal.reduction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Factors of the derivatives of rows, of powers of two, and what they are over. */
class RowFactorsTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  /** Two rows of two classes, the second class the label of the second row. */
  private static RowBatch batch(double upstream) {
    var batch = new RowBatch();
    batch.rows = 2;
    batch.classes = 2;
    batch.given.ignoreIndex = -100;
    batch.given.labels = new int[] {0, 1};
    batch.given.upstream = upstream;
    return batch;
  }

  /** Starts the call; each row's factor is {@code 2^factor} over {@code 2^over}. */
  private static void check(RowBatch batch, double divisor, int[] factors, int[] over) {
    batch.count();
    batch.divideBy(divisor, false);
    for (int row = 0; row < 2; row++) {
      assertEquals(Math.scalb(1.0, factors[row] - over[row]), batch.scale(row), "row " + row);
      assertEquals(over[row], batch.scaleExponent(row), "row " + row);
    }
  }

  private static int[] both(int n) {
    return new int[] {n, n};
  }

  @Test
  void factorsOfAllRows() {
    check(batch(8), 4, both(1), both(0));
    check(batch(0x1p60), 1, both(60), both(0));
    check(batch(0x1p-60), 1, both(-60), both(0));
    check(batch(0x1p61), 1, both(61), both(61));
    check(batch(0x1p-61), 1, both(-61), both(-61));
    check(batch(0x1p-100), 0x1p-80, both(-20), both(0));
  }

  @Test
  void factorsOfEachRow() {
    var batch = batch(0x1p10);
    batch.given.upstreams.set(null, new double[] {2, 0x1p90});
    check(batch, 4, new int[] {9, 98}, new int[] {0, 98});
    batch = batch(0x1p10);
    batch.given.weights.set(null, new double[] {0x1p-90, 8});
    check(batch, 4, new int[] {-82, 11}, new int[] {-82, 0});
    batch.given.upstreams.set(null, new double[] {0x1p82, 2});
    check(batch, 4, new int[] {0, 12}, both(0));
  }

  private static RowBatch weighClasses(boolean all) {
    var batch = batch(0x1p-100);
    batch.given.weighClasses(new ClassWeights(new double[] {0x1p100, 0x1p-100}, false), all);
    return batch;
  }

  @Test
  void classWeightsThatMeetTheFactor() {
    // What the factor is over depends on the weight that the row reads, the factor does not.
    check(weighClasses(false), 1, both(-100), new int[] {0, -200});
    check(weighClasses(true), 1, both(-100), both(0));
    var ofProbabilities = weighClasses(false);
    ofProbabilities.given.probabilities.set(null, new double[4], 0, 2);
    check(ofProbabilities, 1, both(-100), both(0));
    ofProbabilities.given.labels = null;
    check(ofProbabilities, 1, both(-100), both(0));
    var ofTeacher = weighClasses(false);
    ofTeacher.given.teacher.set(null, new double[4], 0, 2);
    check(ofTeacher, 1, both(-100), both(-100));
  }

  @Test
  void sumsOfWeightsOfLabels() {
    var batch = batch(1);
    batch.given.weights.set(null, new double[] {3, 5});
    batch.given.weighClasses(new ClassWeights(new double[] {2, 7}, false), false);
    batch.count();
    assertEquals(3 * 2 + 5 * 7, batch.totals.weight().value());
  }

  @Test
  void infiniteWeightsDoNotSayWhatTheOthersAreHeldOver() {
    for (double[] weights : new double[][] {{INF, 0x1p500}, {0x1p500, INF}, {0x1p500, 1}}) {
      var batch = batch(1);
      batch.given.weights.set(null, weights);
      batch.count();
      assertFalse(batch.totals.holdsWeights());
      assertEquals(1, batch.totals.held(0x1p500));
    }
    var masked = batch(1);
    masked.given.labels[1] = masked.given.ignoreIndex;
    masked.given.weights.set(null, new double[] {2, 0x1p500});
    masked.count();
    assertTrue(masked.totals.holdsWeights());
  }

  /** The gradient at the end of a call, and the second derivatives. */
  private static void finish(RowBatch batch, double divisor, double[] g, double[] h) {
    double[] gradient = {1, 2, 3, -4};
    double[] hessian = {5, 6, 7, 8};
    batch.results.gradient.set(null, gradient, 0, 2);
    batch.results.hessian.set(null, hessian, 0, 2);
    batch.count();
    batch.divideBy(divisor, false);
    batch.finish();
    assertArrayEquals(g, gradient);
    assertArrayEquals(h, hessian);
  }

  @Test
  void derivativesArePutRight() {
    double[] asTheyWere = {5, 6, 7, 8};
    finish(batch(1), 1, new double[] {1, 2, 3, -4}, asTheyWere);
    finish(batch(1), 0, new double[] {INF, INF, INF, -INF}, asTheyWere);
    double f = 0x1p70;
    finish(
        batch(f),
        1,
        new double[] {f, 2 * f, 3 * f, -4 * f},
        new double[] {5 * f, 6 * f, 7 * f, 8 * f});
    var ofEach = batch(1);
    ofEach.given.upstreams.set(null, new double[] {1, f});
    finish(ofEach, 1, new double[] {1, 2, 3 * f, -4 * f}, new double[] {5, 6, 7 * f, 8 * f});
    var masked = batch(1);
    masked.given.labels[0] = masked.given.ignoreIndex;
    finish(masked, 0, new double[] {1, 2, INF, -INF}, asTheyWere);
  }
}
