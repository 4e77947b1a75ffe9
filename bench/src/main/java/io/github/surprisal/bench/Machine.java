package io.github.surprisal.bench;

import io.github.surprisal.Simd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a figure was measured on: no figure means anything without it. */
public final class Machine {
  private Machine() {}

  /** Processor, Java and vector width, a line each. */
  public static List<String> describe() {
    return List.of(
        "CPU      %s, %d processors".formatted(cpu(), Runtime.getRuntime().availableProcessors()),
        "Java     %s %s"
            .formatted(System.getProperty("java.vendor"), System.getProperty("java.vm.version")),
        "Vectors  " + Simd.describe());
  }

  private static String cpu() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(Machine::architecture);
    } catch (IOException e) {
      // Not Linux.
      return architecture();
    }
  }

  private static String architecture() {
    return System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", System.getProperty("os.arch"));
  }
}
