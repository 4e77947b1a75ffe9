package io.github.surprisal.bench.speed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/**
 * Keeps the measuring JVM on one core, the last, where Linux can: a thread that wanders loses its
 * caches. On a machine of one core there is nothing to choose.
 */
public final class Pinned implements ExternalProfiler {
  private static final Path CPUS = Path.of("/sys/devices/system/cpu");

  /** Made by JMH. */
  public Pinned() {}

  /** The threads of the last core as taskset writes them, or empty if there is no choice. */
  static String cpus() {
    int last = Runtime.getRuntime().availableProcessors() - 1;
    boolean hasTaskset =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
    try {
      var siblings = CPUS.resolve("cpu" + last).resolve("topology/thread_siblings_list");
      String cpus = Files.readString(siblings).strip();
      boolean isAll = cpus.equals("0-" + last) || cpus.equals("0," + last) || last == 0;
      return hasTaskset && !isAll ? cpus : "";
    } catch (IOException e) {
      return ""; // not Linux
    }
  }

  @Override
  public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
    String cpus = cpus();
    return cpus.isEmpty() ? List.of() : List.of("taskset", "--cpu-list", cpus);
  }

  @Override
  public Collection<String> addJVMOptions(BenchmarkParams params) {
    return List.of();
  }

  @Override
  public void beforeTrial(BenchmarkParams params) {}

  @Override
  public Collection<? extends Result<?>> afterTrial(
      BenchmarkResult result, long pid, File out, File err) {
    return List.of();
  }

  @Override
  public boolean allowPrintOut() {
    return true;
  }

  @Override
  public boolean allowPrintErr() {
    return true;
  }

  @Override
  public String getDescription() {
    return "keeps the measuring JVM on one core";
  }
}
