package io.github.surprisal.bench.demo;

import static io.github.surprisal.bench.demo.Terminal.number;

import io.github.surprisal.bench.Machine;
import java.util.List;
import java.util.Locale;

/** What the language demo says on the terminal. */
final class LanguageText {
  private final Terminal terminal;

  LanguageText(Terminal terminal) {
    this.terminal = terminal;
  }

  void heading(BigramCounts training, BigramCounts heldOut) {
    Machine.describe().forEach(terminal.out()::println);
    terminal.heading("The next word");
    terminal.say("Data: the King James Bible, public domain (in the UK under Crown patent).");
    terminal.say(
        "Words in lower case; the end of a verse is a word, punctuation is left out. The %,d most",
        training.words - 1);
    terminal.say("frequent are kept, and all others count as one more.");
    terminal.say(
        "A network (embedding of %d dimensions, linear layer) learns which word follows a word from",
        BigramNetwork.DIMENSIONS);
    terminal.say(
        "%,d words, as %,d rows of counts with CrossEntropy, and is tried on %,d in verses that it",
        training.total, training.words, heldOut.total);
    terminal.say("never saw. Beside it: counting words (unigram), and pairs of words (bigram).");
    terminal.out().flush();
  }

  void epochs(LanguageReport report) {
    var rows =
        report.epochs().stream()
            .map(e ->
                List.of(
                    Integer.toString(e.number()),
                    number(1, e.training().perplexity()),
                    number(1, e.heldOut().perplexity()),
                    number(1, report.bigram().perplexity()),
                    number(1, report.unigram().perplexity())))
            .toList();
    terminal.table(
        List.of("epoch", "training perplexity", "held out", "counted bigram", "unigram"), rows, 0);
  }

  void models(LanguageReport report) {
    var rows =
        report.models().stream()
            .map(model ->
                List.of(
                    model.name(),
                    number(1, model.score().perplexity()),
                    number(3, model.score().bits()),
                    number(3, report.bitsPerByte(model.score()))))
            .toList();
    terminal.table(List.of("model, held out", "perplexity", "bits a word", "bits a byte"), rows, 1);
    terminal.out().println();
    for (var model : report.models()) {
      terminal.say("%s: %s", model.name(), meaning(model.score()));
    }
    terminal.out().println();
    terminal.say("Bits a byte: of the verses as printed. A text compressor would need more, since");
    terminal.say("capitals, punctuation, and which word a rare one is, are not predicted.");
    terminal.out().flush();
  }

  /** A perplexity in words. */
  static String meaning(TextScore score) {
    String words = String.format(Locale.ROOT, "%,.0f", score.perplexity());
    return "perplexity %s: as uncertain as choosing between %s words".formatted(words, words);
  }
}
