package io.github.surprisal.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CharacterTrainingTest {
  @Test
  void everyTenthVerseIsHeldOut() {
    var verses = Verses.load();

    assertEquals(31_102, verses.training().size() + verses.heldOut().size());
    assertEquals(3110, verses.heldOut().size());
    assertTrue(verses.training().getFirst().startsWith("In the beginning"));
  }

  @Test
  void everyCharacterAndEveryEndIsCounted() {
    var verses = Verses.load();
    var counts = new CharacterCounts(verses);
    int characters = verses.heldOut().stream().mapToInt(verse -> verse.length() + 1).sum();

    assertEquals(63, counts.symbols);
    assertEquals(characters, Arrays.stream(counts.heldOut).sum());
  }

  @Test
  void scoresOfKnownFigures() {
    var guess = new TextScore(Math.log(8));

    assertEquals(3, guess.bits(), 1e-15);
    assertEquals(8, guess.perplexity(), 1e-14);
  }

  /** Nine verses "a" and one: after two ends "a" nine times of 9 + 2, then the end as often. */
  @Test
  void countedModelByHand() {
    var counts = new CharacterCounts(Verses.of(Collections.nCopies(10, "a")));

    assertEquals(2, counts.contexts);
    assertEquals(2, counts.symbols);
    assertEquals(11.0 / 10, CountedModel.trigram(counts).perplexity(), 1e-15);
    assertEquals(2, CountedModel.unigram(counts).perplexity(), 1e-15);
    assertEquals(1, CountedModel.uniform(counts).bits(), 1e-15);
  }

  @Test
  void trainingReachesTheCountedModel() {
    var text = List.of("abcab", "bcabc", "cab", "abba", "acca", "bacb", "cbab", "abc", "ca", "ab");
    var counts = new CharacterCounts(Verses.of(text));
    var training = new CharacterTraining(counts);
    training.step();
    double first = training.evaluate().training().nats();
    for (int i = 1; i < CharacterTraining.STEPS; i++) {
      training.step();
    }

    var last = training.evaluate();
    double expected = CountedModel.trigram(counts).nats();
    assertTrue(last.training().nats() < first);
    assertEquals(expected, last.heldOut().nats(), 1e-4 * expected);
  }
}
