package io.github.surprisal.bench.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How often each character follows each pair of characters, in both parts of a text: all that a
 * model of three characters can know. A verse begins after two ends of line and has one at its end,
 * which is predicted like any character.
 */
final class CharacterCounts {
  private static final char END = '\n';

  /** Pairs of characters that occur; the rows. */
  final int contexts;

  /** Different characters, the end of a line among them; the columns. */
  final int symbols;

  /** Counts of the training part, [contexts, symbols]. */
  final int[] training;

  /** Counts of the part held out, [contexts, symbols]. */
  final int[] heldOut;

  private final String alphabet;
  private final Map<String, Integer> rows = new HashMap<>();

  CharacterCounts(Verses verses) {
    alphabet =
        Stream.concat(verses.training().stream(), verses.heldOut().stream())
            .flatMapToInt(String::chars)
            .filter(c -> c != END)
            .sorted()
            .distinct()
            .mapToObj(Character::toString)
            .collect(Collectors.joining("", Character.toString(END), ""));
    symbols = alphabet.length();
    int[] trainingCells = cells(verses.training());
    int[] heldOutCells = cells(verses.heldOut());
    contexts = rows.size();
    training = count(trainingCells);
    heldOut = count(heldOutCells);
  }

  /** For every character of the verses the index of its count; adds contexts that are new. */
  private int[] cells(List<String> verses) {
    int[] column = new int[Character.MAX_VALUE + 1];
    for (int i = 0; i < symbols; i++) {
      column[alphabet.charAt(i)] = i;
    }
    return verses.stream()
        .map(verse -> "" + END + END + verse + END)
        .flatMapToInt(verse ->
            IntStream.range(2, verse.length())
                .map(i -> row(verse.substring(i - 2, i)) * symbols + column[verse.charAt(i)]))
        .toArray();
  }

  private int row(String context) {
    return rows.computeIfAbsent(context, unseen -> rows.size());
  }

  private int[] count(int[] cells) {
    int[] counts = new int[contexts * symbols];
    for (int cell : cells) {
      counts[cell]++;
    }
    return counts;
  }

  /** Sum of a row of counts. */
  int total(int[] counts, int context) {
    int sum = 0;
    for (int j = 0; j < symbols; j++) {
      sum += counts[context * symbols + j];
    }
    return sum;
  }
}
