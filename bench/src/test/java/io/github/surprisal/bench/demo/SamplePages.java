package io.github.surprisal.bench.demo;

import io.github.surprisal.bench.speed.Speed;
import io.github.surprisal.bench.speed.SpeedTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The pages of the demos, of a few invented numbers. */
public final class SamplePages {
  private SamplePages() {}

  /** The page of {@code demo}. */
  public static void demo(List<Speed> speeds, Path file) throws IOException {
    var digits =
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> new DigitTraining.Epoch(i, 2.0 / i, 2.1 / i, 1 - 0.5 / i, 1 + 3.0 / i))
            .toList();
    var verses =
        IntStream.rangeClosed(1, 20)
            .mapToObj(i -> new CharacterTraining.Step(i, score(3.0 / i), score(3.1 / i)))
            .toList();
    var counted = List.of(new CountedModel.Named("counted", score(0.1)));
    var checks = List.of(new GradientCheck("rows", 250, 1.5, 4));
    DemoPage.write(new DemoReport(digits, verses, counted, checks, new SpeedTable(speeds)), file);
  }

  /** The page of {@code demo language}. */
  public static void language(Path file) throws IOException {
    var epochs =
        IntStream.rangeClosed(1, 10)
            .mapToObj(i -> new BigramTraining.Epoch(i, score(4 + 2.0 / i), score(4 + 2.1 / i)))
            .toList();
    LanguagePage.write(new LanguageReport(60, 100, 600, epochs, score(3.9), score(5)), file);
  }

  private static TextScore score(double nats) {
    return new TextScore(nats);
  }
}
