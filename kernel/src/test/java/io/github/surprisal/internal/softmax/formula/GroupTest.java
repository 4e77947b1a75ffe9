package io.github.surprisal.internal.softmax.formula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.internal.reduction.RowBatch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which rows a group takes, and with what labels. */
class GroupTest {
  private static RowBatch batch(int... labels) {
    var batch = new RowBatch();
    batch.rows = 4;
    batch.classes = 10;
    batch.given.ignoreIndex = 9;
    batch.given.labels = labels.length == 0 ? null : labels;
    batch.count();
    return batch;
  }

  private static void check(Group group, int[] rows, int... labels) {
    assertArrayEquals(rows, Arrays.copyOf(group.row, group.size));
    assertArrayEquals(labels, Arrays.copyOf(group.label, group.size));
  }

  @Test
  void rowsThatAllCount() {
    var group = new Group();
    assertEquals(3, group.collect(batch(5, 6, 7, 8), 0, 3));
    check(group, new int[] {0, 1, 2}, 5, 6, 7);
    assertEquals(4, group.collect(batch(5, 6, 7, 8), 3, 3));
    check(group, new int[] {3}, 8);
  }

  @Test
  void labelsOfTheLastCallAreForgotten() {
    var group = new Group();
    group.collect(batch(5, 6, 7, 8), 0, 4);
    assertEquals(4, group.collect(batch(), 1, 4));
    check(group, new int[] {1, 2, 3}, -1, -1, -1);
  }

  @Test
  void maskedRowsAreLeftOut() {
    var group = new Group();
    var batch = batch(9, 6, 9, 8);
    batch.results.losses.set(null, new double[] {1, 2, 3, 4});
    assertEquals(4, group.collect(batch, 0, 2));
    check(group, new int[] {1, 3}, 6, 8);
    assertEquals(2, group.collect(batch, 0, 1));
    check(group, new int[] {1}, 6);
    assertEquals(0, batch.results.losses.get(0));
    assertEquals(2, batch.results.losses.get(1));
  }

  @Test
  void maskedRowsWithoutLabels() {
    var group = new Group();
    var batch = batch();
    batch.given.mask.set(new boolean[] {true, false, true, true}, null);
    batch.count();
    assertEquals(4, group.collect(batch, 0, 4));
    check(group, new int[] {0, 2, 3}, -1, -1, -1);
  }
}
