package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.internal.call.Layout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which places views take, against lists of all their places. */
class LayoutTest {
  private static final int LENGTH = 400;

  /** The places of a layout, or null if two elements share one. */
  private static BitSet places(Layout a) {
    var places = new BitSet();
    for (int row = 0; row < a.rows; row++) {
      for (int column = 0; column < a.columns; column++) {
        int image = a.imageRows == 0 ? 0 : row / a.imageRows;
        int at = a.offset + image * a.imageStride;
        at += (row - image * a.imageRows) * a.rowStride + column * a.columnStride;
        if (places.get(at)) {
          return null;
        }
        places.set(at);
      }
    }
    return places;
  }

  private static Layout draw(SplittableRandom random, int most) {
    while (true) {
      int offset = random.nextInt(0, 12);
      int columns = random.nextInt(0, 6);
      int stride = random.nextInt(1, most);
      int columnStride = random.nextInt(1, most);
      try {
        return random.nextInt(3) == 0
            ? Layout.ofImages(
                LENGTH,
                offset,
                random.nextInt(1, 5),
                columns,
                random.nextInt(0, 5),
                stride,
                columnStride)
            : Layout.of(LENGTH, offset, random.nextInt(0, 6), columns, stride, columnStride);
      } catch (IllegalArgumentException e) {
        // Another.
      }
    }
  }

  @Test
  void meetWhereTheyShareAPlace() {
    var random = new SplittableRandom(1);
    int meeting = 0;
    for (int i = 0; i < 60_000; i++) {
      // Small strides interleave often; the second range of them gives equal ones.
      Layout a = draw(random, i % 2 == 0 ? 40 : 12);
      Layout b = draw(random, i % 2 == 0 ? 40 : 12);
      BitSet places = places(a);
      assertTrue(places != null, a::toString);
      boolean meet = places.intersects(places(b));
      assertEquals(meet, a.meets(b), () -> a + " and " + b);
      assertEquals(meet, b.meets(a), () -> b + " and " + a);
      meeting += meet ? 1 : 0;
    }
    assertTrue(meeting > 10_000 && meeting < 50_000, "" + meeting);
  }

  @Test
  void sameMeansEveryElement() {
    var random = new SplittableRandom(2);
    int same = 0;
    for (int i = 0; i < 50_000; i++) {
      Layout a = draw(random, 4);
      Layout b = draw(random, 4);
      if (a.same(b)) {
        assertEquals(places(a), places(b));
        assertEquals(a.rows, b.rows);
        same++;
      }
      assertTrue(a.same(a));
    }
    assertTrue(same > 25, "" + same);
  }

  @Test
  void refusals() {
    refused(
        "columnStride = 2, expected at least 9, so that no two elements lie in one place",
        () -> Layout.of(99, 0, 9, 3, 1, 2));
    refused(
        "imageStride = 11, expected at least 12, so that no two elements lie in one place",
        () -> Layout.ofImages(99, 0, 2, 3, 4, 11, 4));
    refused(
        "classStride = 3, expected at least 4, so that no two elements lie in one place",
        () -> Layout.ofImages(99, 0, 2, 3, 4, 12, 3));
    refused("rowStride = 0, expected at least 1", () -> Layout.of(99, 0, 2, 3, 0, 1));
    refused("columnStride = -1, expected at least 1", () -> Layout.of(99, 0, 2, 3, 3, -1));
    refused("pixels = -1, expected at least 0", () -> Layout.ofImages(99, 1, 3, -1));
    refused(
        "values.length = 23, expected at least 24 for 8 x 3, offset 0, row stride 1, column stride"
            + " 4, 4 rows an image, image stride 12",
        () -> Layout.ofImages(23, 2, 3, 4));
    refused(
        "images * pixels = 4294967296, expected at most 2147483647",
        () -> Layout.ofImages(99, 0, 65536, 1, 65536, 65536, 1));
    refused(
        "values.length = 99, expected at least 9223372023969873925 for 2147483647 x 2147483647,"
            + " offset 0, row stride 2147483647, column stride 2147483647",
        () ->
            Layout.of(
                99, 0, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  /** Whether loops of {count, stride} end in the array, each stepping over all within it. */
  private static boolean fits(int length, int offset, int[]... loops) {
    if (Arrays.stream(loops).anyMatch(loop -> loop[0] == 0)) {
      return offset <= length;
    }
    Arrays.sort(loops, Comparator.comparingInt(loop -> loop[1]));
    int reach = 0;
    for (int[] loop : loops) {
      if (loop[0] > 1 && loop[1] <= reach) {
        return false;
      }
      reach += (loop[0] - 1) * loop[1];
    }
    return offset + reach < length;
  }

  private static boolean accepts(Runnable call) {
    try {
      call.run();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void acceptsLoopsThatNestWithinTheArray() {
    var random = new SplittableRandom(3);
    int accepted = 0;
    for (int i = 0; i < 30_000; i++) {
      int[] n = random.ints(6, i % 10 == 0 ? -1 : 0, 5).toArray();
      int length = random.nextInt(40);
      int[] columns = {n[2], n[4]};
      boolean fits =
          IntStream.of(n).limit(5).allMatch(x -> x >= 0)
              && fits(length, n[0], new int[] {n[1], n[3]}, columns);
      assertEquals(
          fits,
          accepts(() -> Layout.of(length, n[0], n[1], n[2], n[3], n[4])),
          () -> length + Arrays.toString(n));
      int pixels = n[3];
      int stride = 3 * n[5];
      boolean image =
          IntStream.of(n).allMatch(x -> x >= 0)
              && fits(length, n[0], new int[] {n[1], stride}, new int[] {pixels, 1}, columns);
      assertEquals(
          image,
          accepts(() -> Layout.ofImages(length, n[0], n[1], n[2], pixels, stride, n[4])),
          () -> length + " images " + Arrays.toString(n));
      boolean dense = n[1] >= 0 && n[2] >= 0 && pixels >= 0 && n[1] * n[2] * pixels <= length;
      assertEquals(
          dense,
          accepts(() -> Layout.ofImages(length, n[1], n[2], pixels)),
          () -> length + " dense " + Arrays.toString(n));
      accepted += image ? 1 : 0;
    }
    assertTrue(accepted > 2000 && accepted < 28_000, "" + accepted);
    assertEquals(Integer.MAX_VALUE, Layout.ofImages(0, 0, Integer.MAX_VALUE, 0, 1, 0, 0).rows);
  }

  @Test
  void whatSaysNothingIsNotKept() {
    assertEquals(1, Layout.of(9, 0, 4, 1, 2, 7).columnStride);
    assertEquals(6, Layout.ofColumns(6, 1, 6).rowStride);
    assertTrue(Layout.of(9, 0, 1, 3, 5, 1).same(Layout.of(9, 0, 1, 3, 7, 1)));
    assertEquals(
        Layout.of(40, 0, 4, 2, 9, 3).toString(), Layout.ofImages(40, 0, 4, 2, 1, 9, 3).toString());
    refused(
        "values.length = 5, expected at least 6 for 2 classes of 3 pixels",
        () -> Layout.ofImages(5, 1, 2, 3));
    refused(
        "imageStride = 2, expected at least 3, so that no two elements lie in one place",
        () -> Layout.ofImages(99, 0, 2, 1, 3, 2, 1));
  }

  @Test
  void longViewsThatInterleave() {
    int n = Integer.MAX_VALUE;
    var even = Layout.of(n, 0, 1 << 29, 1, 2, 1);
    assertTrue(!even.meets(Layout.of(n, 1, 1 << 29, 1, 2, 1)));
    assertTrue(!even.meets(Layout.of(n, 1 << 30, 1, n - (1 << 30), 1, 1)));
    assertTrue(even.meets(Layout.of(n, (1 << 30) - 2, 1, 1 << 30, 1, 1)));
    var rows = Layout.of(n, 0, 200_000_000, 5, 10, 1);
    assertTrue(!rows.meets(Layout.of(n, 5, 200_000_000, 5, 10, 1)));
    assertTrue(rows.meets(Layout.of(n, 4, 200_000_000, 5, 10, 1)));
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
