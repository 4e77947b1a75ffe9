package io.github.surprisal.bench.demo;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The most frequent words of a text, numbered from the most frequent on, and one number for all
 * others. A word is a run of letters, in lower case, with apostrophes inside ("brother's"); the end
 * of a verse counts as a word; other punctuation is left out.
 */
final class Vocabulary {
  private static final Pattern WORD = Pattern.compile("\\p{L}+(?:'\\p{L}+)*");
  private static final String END = "\n";

  /** Numbers there are: the words that were kept, and one for all others, which is the last. */
  final int size;

  private final Map<String, Integer> numbers = new HashMap<>();

  /** Keeps the {@code most} most frequent; among equals, the first in the alphabet. */
  Vocabulary(List<String> verses, int most) {
    var counts =
        verses.stream()
            .flatMap(Vocabulary::words)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .forEach(entry -> numbers.put(entry.getKey(), numbers.size()));
    size = numbers.size() + 1;
  }

  /** The words of a verse and its end. */
  static Stream<String> words(String verse) {
    var words = WORD.matcher(verse.toLowerCase(Locale.ROOT)).results().map(MatchResult::group);
    return Stream.concat(words, Stream.of(END));
  }

  /** The number of a word. */
  int number(String word) {
    return numbers.getOrDefault(word, size - 1);
  }

  /** The number of the end of a verse, after which the next one begins. */
  int end() {
    return number(END);
  }

  /** Numbers of all words of the verses, in order. */
  int[] numbers(List<String> verses) {
    return verses.stream().flatMap(Vocabulary::words).mapToInt(this::number).toArray();
  }
}
