package io.github.surprisal.bench.demo;

import io.github.surprisal.bench.demo.CountedModel.Named;
import java.util.List;

/**
 * All that the language demo found out.
 *
 * @param vocabulary different words, the one for all others included
 * @param heldOutWords words in the verses held out, ends of verses included
 * @param heldOutBytes bytes of those verses as they stand in the file, ends of lines included
 * @param epochs one entry an epoch
 * @param bigram the score of counted pairs of words on the verses held out
 * @param unigram the score of words counted alone
 */
record LanguageReport(
    int vocabulary,
    int heldOutWords,
    int heldOutBytes,
    List<BigramTraining.Epoch> epochs,
    TextScore bigram,
    TextScore unigram) {

  TextScore trained() {
    return epochs.getLast().heldOut();
  }

  /** Every model on the verses held out, the trained one first. */
  List<Named> models() {
    return List.of(
        new Named("trained, after one word", trained()),
        new Named("counted, after one word", bigram),
        new Named("counted, words alone", unigram),
        new Named("guessing", new TextScore(Math.log(vocabulary))));
  }

  /** Bits that all words cost, shared among the bytes of the text. */
  double bitsPerByte(TextScore score) {
    return score.bits() * heldOutWords / heldOutBytes;
  }

  /** What went wrong, in words; empty if nothing did. */
  List<String> failures() {
    double perplexity = trained().perplexity();
    return perplexity < unigram.perplexity()
        ? List.of()
        : List.of(
            "perplexity %.1f, expected less than the unigram's %.1f"
                .formatted(perplexity, unigram.perplexity()));
  }
}
