package io.github.surprisal.bench.demo;

import io.github.surprisal.bench.Progress;
import io.github.surprisal.bench.page.HtmlPage;
import io.github.surprisal.bench.peer.Peers;
import io.github.surprisal.bench.speed.BenchmarkProgress;
import io.github.surprisal.bench.speed.SpeedPlan;
import io.github.surprisal.bench.speed.SpeedRun;
import io.github.surprisal.bench.speed.SpeedTable;
import io.github.surprisal.bench.workload.MeasuredLosses;
import io.github.surprisal.bench.workload.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code surprisal demo}: learns from real data, checks itself, measures, writes a page. */
@Command(
    name = "demo",
    description = {
      "Learns handwritten digits and the characters of a book with these losses, checks gradients"
          + " against the oracle, measures speed, and writes a page of charts. Takes half a minute.",
      "Exit code 1 if a result is not as good as it has to be."
    },
    subcommands = LanguageCommand.class)
public final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 1611;
  private static final int EACH_STEPS = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "demo.html",
      description = "The page to write (default: ${DEFAULT-VALUE}).")
  private Path output;

  /** Made by picocli. */
  public DemoCommand() {}

  @Override
  public Integer call() throws IOException {
    HtmlPage.check(output, spec);
    long start = System.nanoTime();
    var out = spec.commandLine().getOut();
    var report = run(new DemoText(out));
    DemoPage.write(report, output);
    new Terminal(out).end(output, System.nanoTime() - start);
    report.failures().forEach(spec.commandLine().getErr()::println);
    return report.failures().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private DemoReport run(DemoText text) throws IOException {
    text.machine();
    var split = Digits.load().split(SEED);
    text.digitsHeading(split);
    var digits = new DigitTraining(split);
    var epochs = train(digits);
    text.digits(epochs);

    var counts = new CharacterCounts(Verses.load());
    text.versesHeading(counts);
    var verses = new CharacterTraining(counts);
    var steps = train(verses);
    var counted = CountedModel.all(counts);
    text.verses(steps, counted);

    var checks =
        List.of(
            GradientCheck.of(digits.firstRows(60), 250, SEED),
            GradientCheck.of(verses.firstRows(counts, 24), 250, SEED),
            GradientCheck.of(GradientCheck.hardRows(60, SEED), 500, SEED));
    text.checks(checks);

    text.speedHeading();
    var speed = measure();
    text.speed(speed);
    return new DemoReport(epochs, steps, counted, checks, speed);
  }

  private static List<DigitTraining.Epoch> train(DigitTraining digits) {
    var epochs = new ArrayList<DigitTraining.Epoch>();
    try (var bar = Progress.bar("Digits", DigitTraining.EPOCHS)) {
      while (epochs.size() < DigitTraining.EPOCHS) {
        epochs.add(digits.epoch());
        bar.step();
      }
    }
    return epochs;
  }

  private static List<CharacterTraining.Step> train(CharacterTraining verses) {
    var steps = new ArrayList<CharacterTraining.Step>();
    try (var bar = Progress.bar("Verses", CharacterTraining.STEPS)) {
      for (int i = 1; i <= CharacterTraining.STEPS; i++) {
        verses.step();
        if (i <= EACH_STEPS || i % EACH_STEPS == 0) {
          steps.add(verses.evaluate());
        }
        bar.step();
      }
    }
    return steps;
  }

  private static SpeedTable measure() throws IOException {
    // JMH lets one run at a time onto a machine; rough figures need no such care.
    System.setProperty("jmh.ignoreLock", "true");
    var plan =
        SpeedPlan.of(
            Stream.of("surprisal", "plain-java", "textbook", "copy").map(Peers::named).toList(),
            List.of(MeasuredLosses.named("cross_entropy")),
            List.of(new Shape(8192, 10), new Shape(1024, 1000)),
            List.of(1),
            List.of("lossAndGradient"));
    var run = new SpeedRun(plan, DemoCommand::rough, 0);
    try (var progress = new BenchmarkProgress(run.losses())) {
      run.measureLosses(progress);
    }
    run.failures().forEach(System.err::println);
    return new SpeedTable(run.results().speeds());
  }

  /** In this process, for a moment. */
  private static ChainedOptionsBuilder rough() {
    return new OptionsBuilder()
        .forks(0)
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(200))
        .measurementIterations(3)
        .measurementTime(TimeValue.milliseconds(100));
  }
}
