package io.github.surprisal.bench.demo;

import java.util.Arrays;

/**
 * How often each word follows each word, as sparse rows: one for each word, of those that follow
 * it. Before the first word of the text, and before any verse, stands the end of a verse.
 */
final class BigramCounts {

  /** Length of the text. */
  final int total;

  /** Different words; rows, some of which may be empty, and columns. */
  final int words;

  /** Where row c begins in {@link #next} and {@link #counts}; row c + 1 begins where it ends. */
  final int[] rowStarts;

  /** The words that follow, ascending in each row. */
  final int[] next;

  /** How often they do, at least once. */
  final int[] counts;

  /** Sums of the rows: how often each word has a next one. */
  final int[] contextTotals;

  /** Sums of the columns: how often each word is the next one. */
  final int[] wordTotals;

  /**
   * Counts the pairs of a text.
   *
   * @param text numbers of words, below {@code words}
   * @param end the word that stands before the first
   */
  BigramCounts(int[] text, int words, int end) {
    this.words = words;
    total = text.length;
    rowStarts = new int[words + 1];
    contextTotals = new int[words];
    wordTotals = new int[words];
    long[] pairs = pairs(text, end);
    int[] after = new int[pairs.length];
    int[] times = new int[pairs.length];
    int cells = 0;
    for (int i = 0; i < pairs.length; i++) {
      if (i == 0 || pairs[i] != pairs[i - 1]) {
        after[cells] = word(pairs[i]);
        cells++;
        rowStarts[context(pairs[i]) + 1] = cells;
      }
      times[cells - 1]++;
      contextTotals[context(pairs[i])]++;
      wordTotals[word(pairs[i])]++;
    }
    next = Arrays.copyOf(after, cells);
    counts = Arrays.copyOf(times, cells);
    for (int c = 0; c < words; c++) {
      rowStarts[c + 1] = Math.max(rowStarts[c], rowStarts[c + 1]);
    }
  }

  /** Each pair as one number, sorted: by the word before, then by the word after. */
  private static long[] pairs(int[] text, int end) {
    long[] pairs = new long[text.length];
    for (int i = 0; i < text.length; i++) {
      pairs[i] = (long) (i == 0 ? end : text[i - 1]) << 32 | text[i];
    }
    Arrays.sort(pairs);
    return pairs;
  }

  private static int context(long pair) {
    return (int) (pair >> 32);
  }

  private static int word(long pair) {
    return (int) pair;
  }
}
