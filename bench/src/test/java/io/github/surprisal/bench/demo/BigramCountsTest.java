package io.github.surprisal.bench.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BigramCountsTest {

  /** a a b END a END: the most frequent are a, then the end; b is one of the others. */
  private static final List<String> TEXT = List.of("A a, b.", "a!");

  @Test
  void wordsAreLettersInLowerCaseAndTheEnd() {
    assertEquals(
        List.of("my", "brother's", "son", "god", "ward", "\n"),
        Vocabulary.words("My brother's son' God-ward!").toList());
  }

  @Test
  void mostFrequentWordsAreKept() {
    var vocabulary = new Vocabulary(TEXT, 2);

    assertEquals(3, vocabulary.size);
    assertEquals(1, vocabulary.end());
    assertArrayEquals(new int[] {0, 0, 2, 1, 0, 1}, vocabulary.numbers(TEXT));
    assertEquals(2, vocabulary.number("never seen"));
  }

  @Test
  void amongEquallyFrequentWordsTheAlphabetDecides() {
    var vocabulary = new Vocabulary(List.of("c b a", "c"), 3);

    assertEquals(0, vocabulary.end());
    assertEquals(1, vocabulary.number("c"));
    assertEquals(2, vocabulary.number("a"));
    assertEquals(3, vocabulary.number("b"));
  }

  @Test
  void aVocabularyOfAllWordsKeepsANumberForOthers() {
    assertEquals(4, new Vocabulary(TEXT, 100).size);
  }

  /** Pairs: (END a) twice, (a a), (a b), (b END), (a END). */
  @Test
  void pairsByHand() {
    var counts = new BigramCounts(new int[] {0, 0, 2, 1, 0, 1}, 3, 1);

    assertEquals(6, counts.total);
    assertArrayEquals(new int[] {0, 3, 4, 5}, counts.rowStarts);
    assertArrayEquals(new int[] {0, 1, 2, 0, 1}, counts.next, "ascending in each row");
    assertArrayEquals(new int[] {1, 1, 1, 2, 1}, counts.counts);
    assertArrayEquals(new int[] {3, 2, 1}, counts.contextTotals);
    assertArrayEquals(new int[] {3, 2, 1}, counts.wordTotals);
  }

  @Test
  void wordsThatNeverOccurHaveEmptyRows() {
    var counts = new BigramCounts(new int[] {1, 3}, 5, 3);

    assertArrayEquals(new int[] {0, 0, 1, 1, 2, 2}, counts.rowStarts);
    assertArrayEquals(new int[] {3, 1}, counts.next);
  }

  @Test
  void theBookHasAFullVocabulary() {
    var verses = Verses.load();
    var vocabulary = new Vocabulary(verses.training(), 4000);
    int[] text = vocabulary.numbers(verses.training());

    assertEquals(4001, vocabulary.size);
    assertEquals(0, vocabulary.number("the"));
    assertEquals(verses.training().size(), count(text, vocabulary.end()));
  }

  private static long count(int[] text, int word) {
    return Arrays.stream(text).filter(w -> w == word).count();
  }
}
