package io.github.surprisal.internal.reduction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets of classes against a look at each bit. */
class AllowedClassesTest {
  private static final int ROWS = 3;
  private static final int AT = 2;

  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 127, 128, 200})
  void agreeWithEachBit(int classes) {
    int size = Math.ceilDiv(classes, 64);
    for (int sets : new int[] {1, ROWS}) {
      long[] words = random.longs(sets * size).toArray();
      var allowed = new AllowedClasses();
      allowed.set(words, classes);
      for (int row = 0; row < ROWS; row++) {
        boolean[] bits = new boolean[classes];
        int count = 0;
        for (int j = 0; j < classes; j++) {
          long word = words[(sets == 1 ? 0 : row * size) + j / 64];
          bits[j] = (word >>> j % 64) % 2 != 0;
          count += bits[j] ? 1 : 0;
          assertEquals(bits[j], allowed.contains(row, j));
        }
        assertEquals(count, allowed.count(row));
        fill(allowed, row, bits);
      }
    }
  }

  /** Fills classes from each multiple of 64 on, to the end of the row and of a word. */
  private static void fill(AllowedClasses allowed, int row, boolean[] bits) {
    for (int first = 0; first < bits.length; first += 64) {
      int n = bits.length - first;
      double[] expected = new double[AT + n + 1];
      for (int i = 0; i < n; i++) {
        expected[AT + i] = bits[first + i] ? 0 : 7;
      }
      double[] doubles = new double[expected.length];
      allowed.fillOthers(row, first, n, doubles, AT, 7);
      assertArrayEquals(expected, doubles);
      float[] floats = new float[expected.length];
      allowed.fillOthers(row, first, n, floats, AT, 7);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], floats[i]);
      }
      // A block that ends within the row fills nothing beyond it.
      int block = n > 64 ? 64 : n;
      Arrays.fill(doubles, 0);
      allowed.fillOthers(row, first, block, doubles, AT, 7);
      Arrays.fill(expected, AT + block, expected.length, 0);
      assertArrayEquals(expected, doubles);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65})
  void absentTheyAreAll(int classes) {
    var allowed = new AllowedClasses();
    allowed.set(null, classes);
    assertEquals(classes, allowed.count(ROWS));
    assertEquals(true, allowed.contains(ROWS, classes - 1));
  }
}
