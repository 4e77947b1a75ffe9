package io.github.surprisal.bench.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs a plan with JMH. A time that varies too much may be measured again, and the one that varied
 * least is kept.
 */
public final class SpeedRun {
  private static final List<String> CEILINGS = List.of("copy", "exp", "fma");

  private final SpeedPlan plan;
  private final Supplier<ChainedOptionsBuilder> timing;
  private final int repeats;
  private final Path checks;
  // Read by the thread that ends an interrupted process.
  private final List<RunResult> results = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  /**
   * A run of a plan.
   *
   * @param timing new options that say how often and how long to measure
   * @param repeats how many times more to measure what is noisy, at most
   */
  public SpeedRun(SpeedPlan plan, Supplier<ChainedOptionsBuilder> timing, int repeats)
      throws IOException {
    this.plan = plan;
    this.timing = timing;
    this.repeats = repeats;
    checks = Files.createTempFile("surprisal", ".jsonl");
    checks.toFile().deleteOnExit();
  }

  /** Options for a first look: one JVM, a second or two. */
  public static ChainedOptionsBuilder brief() {
    return new OptionsBuilder()
        .forks(1)
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(200))
        .measurementIterations(5)
        .measurementTime(TimeValue.milliseconds(150));
  }

  /** Measures what the machine can do at most. */
  public void measureCeilings(BenchmarkProgress progress) {
    for (String what : CEILINGS) {
      var options =
          timing
              .get()
              .include("\\b" + CeilingBenchmark.class.getSimpleName() + "\\." + what + '$')
              .param("elements", what.equals("copy") ? "16000000" : "1000");
      measure(options, what, progress);
    }
  }

  /** Measures the plan. */
  public void measureLosses(BenchmarkProgress progress) {
    // For benchmarks that run in this JVM.
    System.setProperty(CheckFile.PROPERTY, checks.toString());
    for (var job : plan.jobs()) {
      for (String method : job.methods()) {
        measure(options(job, method), job + " " + method, progress);
      }
    }
  }

  /** All that has been measured. */
  public SpeedResults results() throws IOException {
    return SpeedResults.of(results, CheckFile.read(checks));
  }

  /** What could not be measured, and what was said of it. */
  public List<String> failures() {
    return failures;
  }

  /** How many benchmarks the losses are. */
  public int losses() {
    return plan.size();
  }

  /** How many the ceilings are. */
  public int ceilings() {
    return CEILINGS.size();
  }

  private ChainedOptionsBuilder options(SpeedPlan.Job job, String method) {
    return timing
        .get()
        .include("\\b" + LossBenchmark.class.getSimpleName() + "\\." + method + '$')
        .param("peer", job.peer())
        .param("loss", job.loss())
        .param("shape", job.shape().toString())
        .param("threads", Integer.toString(job.threads()));
  }

  /** A benchmark that fails, as native peers may, does not end the run. */
  private void measure(ChainedOptionsBuilder options, String name, BenchmarkProgress progress) {
    try {
      measure(options, progress);
    } catch (RunnerException e) {
      failures.add("%s failed: %s%n%s".formatted(name, e.getMessage(), progress.said()));
    }
    progress.step();
  }

  private void measure(ChainedOptionsBuilder options, BenchmarkProgress progress)
      throws RunnerException {
    options
        .timeUnit(TimeUnit.NANOSECONDS)
        .addProfiler(GCProfiler.class)
        .addProfiler(Pinned.class)
        .jvmArgsAppend("-D" + CheckFile.PROPERTY + '=' + checks)
        .shouldFailOnError(true);
    RunResult best = null;
    for (int i = 0; i <= repeats && (best == null || variation(best) > Speed.NOISY); i++) {
      var result = new Runner(options.build(), progress).runSingle();
      best = best == null || variation(result) < variation(best) ? result : best;
    }
    results.add(best);
  }

  private static double variation(RunResult result) {
    var times = result.getPrimaryResult().getStatistics();
    return times.getStandardDeviation() / times.getMean();
  }
}
