package io.github.surprisal.bench.speed;

import io.github.surprisal.bench.Progress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import me.tongfei.progressbar.ProgressBar;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Shows the progress of a JMH run on standard error in one line, and keeps what JMH says to itself
 * for the case that the run fails.
 */
public final class BenchmarkProgress implements OutputFormat, AutoCloseable {
  private final ProgressBar bar;
  private final StringBuilder said = new StringBuilder();

  /** A bar of that many benchmarks. */
  public BenchmarkProgress(int benchmarks) {
    bar = Progress.bar("Measuring", benchmarks);
  }

  /** What JMH has said since the last benchmark began. */
  public String said() {
    return said.toString();
  }

  @Override
  public void startBenchmark(BenchmarkParams params) {
    said.setLength(0);
    String name = params.getBenchmark();
    String shape = params.getParam("shape");
    String of = shape == null ? "" : " " + shape;
    bar.setExtraMessage(" " + name.substring(name.lastIndexOf('.') + 1) + of);
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {}

  /** One benchmark is done, repeats and all. */
  void step() {
    bar.step();
  }

  @Override
  public void print(String text) {
    said.append(text);
  }

  @Override
  public void println(String text) {
    said.append(text).append(System.lineSeparator());
  }

  @Override
  public void write(int b) {
    said.append((char) b);
  }

  @Override
  public void write(byte[] bytes) {
    said.append(new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    bar.close();
  }

  @Override
  public void iteration(BenchmarkParams params, IterationParams iteration, int number) {}

  @Override
  public void iterationResult(
      BenchmarkParams params, IterationParams iteration, int number, IterationResult data) {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> results) {}

  @Override
  public void verbosePrintln(String text) {}

  @Override
  public void flush() {}
}
