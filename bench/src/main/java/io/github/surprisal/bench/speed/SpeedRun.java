package io.github.surprisal.bench.speed;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * One run of {@link CrossEntropyBenchmark} over some batches.
 *
 * @param shapes of the batches
 * @param types of their elements
 * @param losses what to compute
 */
public record SpeedRun(List<Shape> shapes, List<ElementType> types, List<MeasuredLoss> losses) {

  /** How many benchmarks that is. */
  public int size() {
    return batches() * MeasuredCode.values().length;
  }

  /** How many of them are of the library itself. */
  public int kernels() {
    return 2 * batches();
  }

  private int batches() {
    return shapes.size() * types.size() * losses.size();
  }

  /** The options that select the batches, and those that {@link #measure} needs. */
  public ChainedOptionsBuilder options() {
    return options("");
  }

  private ChainedOptionsBuilder options(String methods) {
    return new OptionsBuilder()
        .include("\\b" + CrossEntropyBenchmark.class.getSimpleName() + "\\." + methods)
        .param("shape", names(shapes))
        .param("type", names(types.stream().map(Enum::name).toList()))
        .param("loss", names(losses.stream().map(Enum::name).toList()))
        .timeUnit(TimeUnit.NANOSECONDS)
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true);
  }

  private static String[] names(List<?> values) {
    return values.stream().map(Object::toString).toArray(String[]::new);
  }

  /**
   * Runs the library's own benchmarks in this process for the given time each and forgets the
   * results: vector code takes the JIT compiler long, and is very slow until it is done.
   */
  public void warmUp(TimeValue time, BenchmarkProgress progress) throws RunnerException {
    var options =
        options("kernel")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(time);
    new Runner(options.build(), progress).run();
  }

  /** Runs the benchmarks, which takes its time. */
  public SpeedTable measure(ChainedOptionsBuilder options, BenchmarkProgress progress)
      throws RunnerException {
    var results = new Runner(options.build(), progress).run();
    return new SpeedTable(results.stream().map(Speed::of).toList());
  }
}
