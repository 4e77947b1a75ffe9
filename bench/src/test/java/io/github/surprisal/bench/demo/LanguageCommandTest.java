package io.github.surprisal.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LanguageCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new DemoCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void learnsAFewWordsAndWritesThePage(@TempDir Path directory) throws IOException {
    var page = directory.resolve("language.html");

    int exit = run("language", "--words", "60", "--epochs", "20", "--output", page.toString());

    assertEquals(0, exit, err::toString);
    assertTrue(
        out.toString()
            .contains("guessing: perplexity 61: as uncertain as choosing between 61 words"),
        out::toString);
    String html = Files.readString(page);
    assertTrue(html.contains("\"epoch\":[1.0,2.0,3.0,"));
    assertTrue(html.contains("\"unigram\":"));
    assertFalse(html.contains("{{"), "a slot left empty");
  }

  @Test
  void refusesWhatItCannotDo() {
    assertEquals(2, run("language", "--epochs", "0"));
    assertEquals(2, run("language", "--words", "0"));
    assertEquals(2, run("language", "--output", "no/such/directory/page.html"));
    assertTrue(err.toString().contains("--epochs = 0, expected at least 1"), err::toString);
  }

  @Test
  void helpOfTheDemoNamesIt() {
    assertTrue(new CommandLine(new DemoCommand()).getUsageMessage().contains("language"));
  }

  /** 2 bits a word, 6 words, 24 bytes. */
  @Test
  void bitsPerByteAndFailures() {
    var score = new TextScore(Math.log(4));
    var report =
        new LanguageReport(
            9, 6, 24, List.of(new BigramTraining.Epoch(1, score, score)), score, score);

    assertEquals(0.5, report.bitsPerByte(score), 1e-15);
    assertEquals(
        "perplexity 4: as uncertain as choosing between 4 words", LanguageText.meaning(score));
    assertEquals(
        List.of("perplexity 4.0, expected less than the unigram's 4.0"), report.failures());
  }
}
