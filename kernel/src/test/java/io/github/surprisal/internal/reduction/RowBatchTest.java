package io.github.surprisal.internal.reduction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which rows of a call count, and what those that do not get. */
class RowBatchTest {
  private static RowBatch batch(int classes, int ignoreIndex, int... labels) {
    var batch = new RowBatch();
    batch.rows = labels.length;
    batch.classes = classes;
    batch.given.ignoreIndex = ignoreIndex;
    batch.given.labels = labels;
    batch.given.upstream = 1;
    return batch;
  }

  private static void check(RowBatch batch, int kept) {
    batch.count();
    assertEquals(kept, batch.rowsKept());
    assertEquals(kept == batch.rows, batch.keepsAll());
    assertEquals(kept, batch.totals.weight().value());
  }

  @Test
  void labelsThatAreIgnored() {
    check(batch(3, -100, 0, 1, 2), 3);
    check(batch(3, -100, 0, -100, 2), 2);
    check(batch(3, 0, 0, 1, 0), 1);
    check(batch(3, 2, 0, 1, 2), 2);
    check(batch(3, 3, 0, 1, 2), 3);
    check(batch(3, 3, 0, 3, 2), 2);
    check(batch(1, -100, 0, 0), 2);
    check(batch(1, 0, 0, 0), 0);
  }

  @Test
  void labelsThatAreNoClasses() {
    for (int wrong : new int[] {-1, 3, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      for (int ignored : new int[] {-100, 1}) {
        var batch = batch(3, ignored, 0, 2, wrong);
        var e = assertThrows(IllegalArgumentException.class, batch::count);
        assertEquals(
            "labels[2] = %d, expected 0 <= label < 3 or ignoreIndex %d".formatted(wrong, ignored),
            e.getMessage());
      }
    }
  }

  @Test
  void masksAndWeightsOfZeroBesideLabelsThatAreAllClasses() {
    var batch = batch(3, -100, 0, 1, 2);
    batch.given.mask.set(new boolean[] {true, false, false}, null);
    check(batch, 1);
    batch.given.mask.set(null, new long[] {6});
    check(batch, 2);
    batch.given.mask.set(null, null);
    batch.given.weights.set(new float[] {0, 1, 0}, null);
    check(batch, 1);
  }

  @Test
  void indicesOfATeacherAreCheckedBesideLabels() {
    var batch = batch(3, -100, 0, 1);
    batch.given.teacherWidth = 2;
    batch.given.teacherIndices = new int[] {2, 0, 1, 1};
    var e = assertThrows(IllegalArgumentException.class, batch::count);
    assertEquals("indices[3] = 1, expected to differ from indices[2]", e.getMessage());
    batch.given.teacherIndices = new int[] {2, 0, 1, 0};
    check(batch, 2);
  }

  @Test
  void callsBeginWithoutTheSumsOfTheLast() {
    var batch = batch(3, -100, 0, 1);
    check(batch, 2);
    batch.divideBy(0, false);
    check(batch, 2);
    assertFalse(batch.totals.overZero());
    batch.divideBy(0, false);
    batch.clear();
    assertFalse(batch.totals.overZero());
    assertEquals(0, batch.totals.weight().value());
    assertFalse(batch.keepsAll());
  }

  @Test
  void skippedRowsAreZero() {
    var batch = batch(2, -100, -100, 1);
    double[][] numbers = new double[4][];
    Column[] columns = {
      batch.results.losses,
      batch.results.logSumExps,
      batch.results.entropies,
      batch.results.labelProbabilities
    };
    for (int i = 0; i < columns.length; i++) {
      numbers[i] = new double[] {7, 8};
      columns[i].set(null, numbers[i]);
    }
    double[] gradient = {1, 2, 3, 4};
    batch.results.gradient.set(null, gradient, 0, 2);
    double[] hessian = {1, 2, 3, 4};
    batch.results.hessian.set(null, hessian, 0, 2);
    batch.results.correct = new boolean[] {true, true};
    batch.results.statistics = true;
    batch.skip(0);
    for (double[] column : numbers) {
      assertArrayEquals(new double[] {0, 8}, column);
    }
    assertArrayEquals(new double[] {0, 0, 3, 4}, gradient);
    assertArrayEquals(new double[] {0, 0, 3, 4}, hessian);
    assertArrayEquals(new boolean[] {false, true}, batch.results.correct);
  }

  @Test
  void skippedRowsWriteOnlyWhatIsAskedFor() {
    var batch = batch(2, -100, -100, 1);
    batch.skip(0);
    batch.results.statistics = true;
    batch.skip(0);
    float[] entropies = {7, 8};
    batch.results.entropies.set(entropies, null);
    batch.skip(1);
    assertArrayEquals(new float[] {7, 0}, entropies);
  }

  @Test
  void rowsAreWeighedAndAdded() {
    var batch = batch(2, -100, 0, 1);
    batch.given.weights.set(null, new double[] {3, 5});
    batch.count();
    batch.divideBy(8, false);
    double[] losses = new double[2];
    batch.results.losses.set(null, losses);
    // Sums may look at whole vectors of lanes.
    double[] own = Arrays.copyOf(new double[] {10, 20}, 16);
    batch.add(new int[] {1, 0}, own, Arrays.copyOf(new double[] {1, 2}, 16), 2);
    batch.total(false);
    assertArrayEquals(new double[] {60, 50}, losses);
    assertEquals(110 / 8.0, batch.totals.reduced(2));
    assertEquals(3, batch.nll.value());
    assertTrue(batch.keepsAll());
  }
}
