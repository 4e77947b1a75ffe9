package io.github.surprisal.bench.demo;

import io.github.surprisal.bench.Progress;
import io.github.surprisal.bench.page.HtmlPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code surprisal demo language}: learns the next word of a book, writes a page. */
@Command(
    name = "language",
    description = {
      "Trains a small language model, which predicts a word from the one before, and shows what its"
          + " perplexity means beside models that count. Takes half a minute.",
      "Exit code 1 if it ends no better than words counted alone."
    })
public final class LanguageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "language.html",
      description = "The page to write (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "" + BigramTraining.EPOCHS,
      description = "Passes over the training data (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--words",
      paramLabel = "N",
      defaultValue = "4000",
      description =
          "How many of the most frequent words to tell apart (default: ${DEFAULT-VALUE}).")
  private int words;

  /** Made by picocli. */
  public LanguageCommand() {}

  @Override
  public Integer call() throws IOException {
    HtmlPage.check(output, spec);
    atLeastOne("--epochs", epochs);
    atLeastOne("--words", words);
    long start = System.nanoTime();
    var terminal = new Terminal(spec.commandLine().getOut());
    var report = run(Verses.load(), new LanguageText(terminal));
    LanguagePage.write(report, output);
    terminal.end(output, System.nanoTime() - start);
    report.failures().forEach(spec.commandLine().getErr()::println);
    return report.failures().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + " = " + value + ", expected at least 1");
    }
  }

  private LanguageReport run(Verses verses, LanguageText text) {
    var vocabulary = new Vocabulary(verses.training(), words);
    var training = counts(vocabulary, verses.training());
    var heldOut = counts(vocabulary, verses.heldOut());
    text.heading(training, heldOut);
    var counted = CountedBigram.tuned(training);
    var report =
        new LanguageReport(
            vocabulary.size,
            heldOut.total,
            bytes(verses.heldOut()),
            train(new BigramTraining(training, heldOut, epochs)),
            counted.bigram(heldOut),
            counted.unigram(heldOut));
    text.epochs(report);
    text.models(report);
    return report;
  }

  private static BigramCounts counts(Vocabulary vocabulary, List<String> verses) {
    return new BigramCounts(vocabulary.numbers(verses), vocabulary.size, vocabulary.end());
  }

  private static int bytes(List<String> verses) {
    return verses.stream()
        .mapToInt(verse -> verse.getBytes(StandardCharsets.UTF_8).length + 1)
        .sum();
  }

  private List<BigramTraining.Epoch> train(BigramTraining network) {
    var done = new ArrayList<BigramTraining.Epoch>();
    try (var bar = Progress.bar("Words", epochs)) {
      while (done.size() < epochs) {
        done.add(network.epoch());
        bar.setExtraMessage(
            "perplexity " + Terminal.number(1, done.getLast().heldOut().perplexity()));
        bar.step();
      }
    }
    return done;
  }
}
