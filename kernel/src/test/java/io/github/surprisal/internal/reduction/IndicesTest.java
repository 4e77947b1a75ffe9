package io.github.surprisal.internal.reduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Index arithmetic in the whole range of an int. */
class IndicesTest {
  private static final int MAX = Integer.MAX_VALUE;

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 63, 64, 2047, 2048, 2049, MAX - 2048, MAX - 2047, MAX - 2, MAX - 1, MAX})
  void blocksCoverAllOnce(int n) {
    for (int block : new int[] {64, 256, 2048, 1 << 30, MAX}) {
      // Whole blocks near the end are enough of a long array.
      int from = (int) Math.max(0L, ((long) n / block - 3) * block);
      long covered = from;
      for (int rounds = 0; from < n; rounds++) {
        assertEquals(covered, from);
        covered += Math.min(block, n - from);
        from = Indices.next(from, block, n);
        assertEquals(true, rounds < 5);
      }
      assertEquals(n, from);
      assertEquals(n, covered);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 15, 16, 17, 63, 64, 65, 2048, MAX - 64, MAX - 63, MAX - 62, MAX - 2, MAX})
  void wordsAndPaddedSizes(int n) {
    assertEquals(Math.ceilDiv((long) n, 64), Indices.words(n));
    long padded = Math.ceilDiv((long) n, 16) * 16;
    assertEquals(Math.min(padded, MAX / 16 * 16), Indices.padded(n, 16));
    assertEquals(Indices.padded(n, 16), TreeF32.padded(n));
    assertEquals(Indices.words(n), AllowedClasses.words(n));
  }

  @Test
  void offsetsOfRowsAtTheEndOfAnArray() {
    var rows = new Rows();
    rows.set(null, null, 1, 65536);
    assertEquals(1 + 32767 * 65536, rows.at(32767));
    rows.set(null, null, 5, 1, 1);
    rows.images(1 << 20, 3 << 20);
    int image = 682;
    int row = (image << 20) + 17;
    assertEquals(5L + image * (3L << 20) + 17, rows.at(row));
  }

  @Test
  void classesDifferAsFarAsBruteForceSays() {
    var random = new java.util.SplittableRandom(1);
    var distinct = new DistinctClasses();
    for (int round = 0; round < 5000; round++) {
      int classes = random.nextInt(1, 200);
      int n = random.nextInt(0, 16);
      int from = random.nextInt(3);
      int[] indices = random.ints(from + n, -1, classes + 1).toArray();
      if (random.nextBoolean()) {
        int start = random.nextInt(classes);
        for (int i = 0; i < indices.length; i++) {
          indices[i] = (start + i) % classes;
        }
      }
      String expected = refusal(indices, from, n, classes);
      if (expected == null) {
        distinct.check(indices, from, n, classes);
      } else {
        assertEquals(
            expected,
            assertThrows(
                    IllegalArgumentException.class, () -> distinct.check(indices, from, n, classes))
                .getMessage());
      }
    }
  }

  private static String refusal(int[] indices, int from, int n, int classes) {
    for (int i = from; i < from + n; i++) {
      if (indices[i] < 0 || indices[i] >= classes) {
        return "indices[%d] = %d, expected 0 <= index < %d".formatted(i, indices[i], classes);
      }
      for (int j = from; j < i; j++) {
        if (indices[i] == indices[j]) {
          return "indices[%d] = %d, expected to differ from indices[%d]"
              .formatted(i, indices[i], j);
        }
      }
    }
    return null;
  }
}
