package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.SlidingWindows;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which tokens windows score, and what adding them up gives. */
class SlidingWindowsTest {
  @Test
  void everyTokenButTheFirstIsScoredOnce() {
    for (int length = 1; length < 40; length++) {
      for (int window = 2; window < 12; window++) {
        for (int stride = 1; stride < window; stride++) {
          var windows = SlidingWindows.of(length, window, stride);
          int[] scored = new int[length];
          int[] tokens = new int[length];
          Arrays.setAll(tokens, t -> t);
          int[] labels = new int[window];
          for (int i = 0; i < windows.count(); i++) {
            int rows = windows.labels(i, tokens, -100, labels);
            for (int r = 0; r < rows; r++) {
              if (labels[r] >= 0) {
                assertEquals(windows.start(i) + r + 1, labels[r]);
                scored[labels[r]]++;
              }
            }
          }
          int[] expected = new int[length];
          Arrays.fill(expected, 1, length, 1);
          assertArrayEquals(expected, scored, length + ", " + window + ", " + stride);
        }
      }
    }
  }

  @Test
  void theLastWindowIsTheFirstThatReachesTheEnd() {
    for (int length = 1; length < 40; length++) {
      for (int window = 1; window < 12; window++) {
        for (int stride = 1; stride <= window; stride++) {
          var windows = SlidingWindows.of(length, window, stride);
          int last = windows.count() - 1;
          String message = length + ", " + window + ", " + stride;
          assertEquals(length, windows.end(last), message);
          assertTrue(last == 0 || windows.end(last - 1) < length, message);
        }
      }
    }
    // One token less, or more, than whole strides.
    assertEquals(3, SlidingWindows.of(7, 4, 2).count());
    assertEquals(3, SlidingWindows.of(8, 4, 2).count());
    assertEquals(4, SlidingWindows.of(9, 4, 2).count());
    int most = Integer.MAX_VALUE;
    assertEquals(most - 1, SlidingWindows.of(most, 2, 1).count());
    assertEquals(2, SlidingWindows.of(most, most - 1, most - 1).count());
  }

  @Test
  void windowsApartDoNotScoreTheirFirstToken() {
    var windows = SlidingWindows.of(5, 2, 2);
    assertEquals(3, windows.count());
    int[] labels = new int[2];
    assertEquals(2, windows.labels(1, new int[] {7, 8, 9, 10, 11}, -1, labels));
    assertArrayEquals(new int[] {10, -1}, labels);
    assertEquals(1, windows.labels(2, new int[5], -1, labels));
    assertEquals(-1, labels[0]);
    assertEquals(1, windows.firstScored(0));
    assertEquals(3, windows.firstScored(1));
    assertEquals(5, windows.firstScored(2));
  }

  /** A model that looks at the last token only: windows cannot change what it predicts. */
  @Test
  void theSumOverWindowsIsThatOfTheTextAndTheMeanOfMeansIsNot() {
    int vocabulary = 5;
    var random = new SplittableRandom(1);
    double[] model = random.doubles(vocabulary * vocabulary, -3, 3).toArray();
    int[] tokens = random.ints(24, 0, vocabulary).toArray();
    var loss = CrossEntropy.builder().build();
    var whole = new LossSum();
    loss.loss(batch(model, vocabulary, tokens, SlidingWindows.of(24, 24, 24), 0).sum(whole));
    var sum = new LossSum();
    double means = 0;
    var windows = SlidingWindows.of(24, 8, 5);
    for (int i = 0; i < windows.count(); i++) {
      means += loss.loss(batch(model, vocabulary, tokens, windows, i).sum(sum));
    }
    assertEquals(23, sum.rowsKept());
    assertEquals(whole.perplexity(), sum.perplexity(), 1e-14);
    double meanOfMeans = Math.exp(means / windows.count());
    assertTrue(Math.abs(meanOfMeans - sum.perplexity()) > 0.01 * meanOfMeans);
    assertEquals(sum.negativeLogLikelihood() / 100 / Math.log(2), sum.bits(100), 1e-15);
    assertEquals(Math.exp(sum.negativeLogLikelihood() / 9), sum.perplexity(9), 1e-11);
    assertEquals(1, new LossSum().perplexity(9));
    assertThrows(IllegalArgumentException.class, () -> sum.bits(0));
  }

  private static Batch batch(
      double[] model, int vocabulary, int[] tokens, SlidingWindows windows, int i) {
    int[] labels = new int[windows.end(i) - windows.start(i)];
    windows.labels(i, tokens, -100, labels);
    double[] logits = new double[labels.length * vocabulary];
    for (int r = 0; r < labels.length; r++) {
      int from = tokens[windows.start(i) + r] * vocabulary;
      System.arraycopy(model, from, logits, r * vocabulary, vocabulary);
    }
    return Batch.of(Matrix.of(logits, labels.length, vocabulary), labels);
  }

  @Test
  void arguments() {
    assertEquals(0, SlidingWindows.of(0, 4, 2).count());
    assertEquals(
        "stride = 5, expected 1 <= stride <= window = 4",
        assertThrows(IllegalArgumentException.class, () -> SlidingWindows.of(9, 4, 5))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> SlidingWindows.of(9, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> SlidingWindows.of(-1, 4, 1));
    var windows = SlidingWindows.of(9, 4, 2);
    assertThrows(IllegalArgumentException.class, () -> windows.start(4));
    assertThrows(
        IllegalArgumentException.class, () -> windows.labels(0, new int[8], -1, new int[4]));
    assertThrows(
        IllegalArgumentException.class, () -> windows.labels(0, new int[9], -1, new int[3]));
  }
}
