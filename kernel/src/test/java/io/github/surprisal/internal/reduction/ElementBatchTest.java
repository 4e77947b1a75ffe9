package io.github.surprisal.internal.reduction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Weights and factors of elements, of powers of two. */
class ElementBatchTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static ElementBatch batch(int length, double upstream) {
    var batch = new ElementBatch();
    batch.length = length;
    batch.given.columns = length;
    batch.given.upstream = upstream;
    return batch;
  }

  private static ElementBatch weighted(double upstream, double... weights) {
    var batch = batch(weights.length, upstream);
    batch.given.weights.set(null, weights);
    return batch;
  }

  private static void start(ElementBatch batch) {
    batch.count();
    batch.divideBy(1, false);
  }

  private static void stage(ElementBatch batch) {
    start(batch);
    batch.stageWeights(0, batch.length);
  }

  @Test
  void elementsAlike() {
    var batch = batch(5, 3);
    start(batch);
    assertFalse(batch.weighted());
    assertTrue(batch.scaledAlike());
    assertEquals(3, batch.scale());
    assertEquals(5, batch.kept());
    assertEquals(5, batch.totals.weight().value());
  }

  @Test
  void factorsThatBringADerivativeBack() {
    for (double upstream : new double[] {1, -1, 2, -0x1p60}) {
      var batch = batch(2, upstream);
      start(batch);
      assertFalse(batch.shrinks());
    }
    for (double upstream : new double[] {0.5, -0.5, Math.nextDown(1.0), 0x1p61}) {
      var batch = batch(2, upstream);
      start(batch);
      assertTrue(batch.shrinks());
    }
    var batch = weighted(2, 1, 1);
    start(batch);
    assertTrue(batch.shrinks());
  }

  @Test
  void callsBeginWithoutTheSumsOfTheLast() {
    for (var batch : new ElementBatch[] {batch(2, 1), weighted(1, 1, 1)}) {
      for (int call = 0; call < 2; call++) {
        batch.count();
        assertEquals(2, batch.totals.weight().value());
        assertFalse(batch.totals.overZero());
        batch.divideBy(0, false);
      }
      batch.clear();
      assertFalse(batch.totals.overZero());
      assertEquals(0, batch.totals.weight().value());
    }
  }

  @Test
  void infiniteWeightsDoNotSayWhatTheOthersAreHeldOver() {
    for (double[] weights : new double[][] {{INF, 0x1p500}, {0x1p500, INF}, {0x1p500, 1}}) {
      var batch = weighted(1, weights);
      batch.count();
      assertFalse(batch.totals.holdsWeights());
      assertEquals(1, batch.totals.held(0x1p500));
    }
  }

  @Test
  void weightsOfLargeSizesAreSummedOverAPowerOfTwo() {
    var batch = weighted(1, 0x1p500, 3 * 0x1p500, 0);
    batch.count();
    assertEquals(2, batch.kept());
    // Over 2^501, the exponent of the largest.
    assertEquals(2, batch.totals.weight().value());
  }

  @Test
  void factorsOfEachElement() {
    var batch = weighted(2, 3, 0, -5, 1);
    batch.given.upstreams.set(null, new double[] {1, 7, 0x1p-300, 0});
    start(batch);
    batch.stageWeights(1, 3);
    assertArrayEquals(new double[] {0, -5, 1}, Arrays.copyOf(batch.blockWeights, 3));
    assertArrayEquals(new double[] {0, -10 * 0x1p-300, 0}, Arrays.copyOf(batch.blockFactors, 3));
  }

  @Test
  void blocksThatFloatsHold() {
    var batch = weighted(1, 3, 0, -5);
    stage(batch);
    assertTrue(batch.moderate());
    batch.given.upstreams.set(null, new double[] {0, 0, 2});
    stage(batch);
    assertTrue(batch.moderate());
    assertArrayEquals(new double[] {0, 0, -10}, Arrays.copyOf(batch.blockFactors, 3));
  }

  @Test
  void blocksThatFloatsDoNotHold() {
    var ofWeight = weighted(0x1p-70, 0x1p70, 1);
    ofWeight.given.upstreams.set(null, new double[] {1, 0x1p70});
    stage(ofWeight);
    assertArrayEquals(new double[] {1, 1}, Arrays.copyOf(ofWeight.blockFactors, 2));
    assertFalse(ofWeight.moderate());
    var ofFactor = weighted(1, 2, 1);
    ofFactor.given.upstreams.set(null, new double[] {0x1p70, 1});
    stage(ofFactor);
    assertFalse(ofFactor.moderate());
    var held = weighted(1, 0x1p500, 0);
    stage(held);
    assertFalse(held.moderate());
  }

  @Test
  void blocksOfBitsThatAreFull() {
    var batch = batch(2048, 1);
    long[] bits = new long[32];
    bits[31] = Long.MIN_VALUE;
    bits[0] = 2;
    batch.given.mask.set(null, bits);
    stage(batch);
    assertEquals(2, batch.kept());
    assertEquals(1, batch.blockWeights[1]);
    assertEquals(0, batch.blockWeights[2046]);
    assertEquals(1, batch.blockWeights[2047]);
  }

  @Test
  void productsOfWeightsAreHeldOverAPowerOfTwoBeyondALimit() {
    int[][] sizes = {{600, 400, 0}, {600, 401, 500}, {-600, -400, 0}, {-600, -401, -500}};
    for (int[] size : sizes) {
      var batch = weighted(1, Math.scalb(1.0, size[0]));
      batch.given.rowWeights.set(null, new double[] {Math.scalb(1.0, size[1])});
      assertEquals(size[2], new RowTimesElement().start(batch));
    }
  }
}
