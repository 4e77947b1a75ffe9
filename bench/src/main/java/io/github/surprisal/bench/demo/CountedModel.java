package io.github.surprisal.bench.demo;

import java.util.List;

/**
 * What counting alone predicts, for scale: each character with a probability of its count plus one.
 * Computed in plain double arithmetic, without the library.
 */
final class CountedModel {
  private CountedModel() {}

  /**
   * A model and how well it predicts the verses held out.
   *
   * @param name for people
   * @param score its score
   */
  record Named(String name, TextScore score) {}

  /** All of them, the best first. */
  static List<Named> all(CharacterCounts counts) {
    return List.of(
        new Named("counted, after two characters", trigram(counts)),
        new Named("counted, characters alone", unigram(counts)),
        new Named("guessing", uniform(counts)));
  }

  /** By the two characters before: the model that training should reach. */
  static TextScore trigram(CharacterCounts counts) {
    double nats = 0;
    long characters = 0;
    for (int row = 0; row < counts.contexts; row++) {
      double all = counts.total(counts.training, row) + counts.symbols;
      for (int i = row * counts.symbols; i < (row + 1) * counts.symbols; i++) {
        nats -= counts.heldOut[i] * Math.log((counts.training[i] + 1) / all);
        characters += counts.heldOut[i];
      }
    }
    return new TextScore(nats / characters);
  }

  /** By nothing but how common a character is. */
  static TextScore unigram(CharacterCounts counts) {
    long[] training = columnSums(counts, counts.training);
    long[] heldOut = columnSums(counts, counts.heldOut);
    double all = counts.symbols;
    for (long count : training) {
      all += count;
    }
    double nats = 0;
    long characters = 0;
    for (int j = 0; j < counts.symbols; j++) {
      nats -= heldOut[j] * Math.log((training[j] + 1) / all);
      characters += heldOut[j];
    }
    return new TextScore(nats / characters);
  }

  /** By nothing at all. */
  static TextScore uniform(CharacterCounts counts) {
    return new TextScore(Math.log(counts.symbols));
  }

  private static long[] columnSums(CharacterCounts counts, int[] of) {
    long[] sums = new long[counts.symbols];
    for (int i = 0; i < of.length; i++) {
      sums[i % counts.symbols] += of[i];
    }
    return sums;
  }
}
