package io.github.surprisal.bench.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.bench.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What Ctrl-C leaves of a benchmark. */
@Order(1) // takes long
@DisabledOnOs(OS.WINDOWS) // no signals
class InterruptTest {
  /** A benchmark is measured three times at most, in a JVM each that JMH tries out before. */
  private static final int JVMS_OF_ONE = 6;

  @TempDir private Path folder;

  @Test
  void whatWasMeasuredIsPrintedAndWritten() throws Exception {
    Path json = folder.resolve("results.json");
    Path out = folder.resolve("out");
    Process bench = start(out, "bench", "--loss", "mse", "--shape", "9x9", "--json", json + "");
    var jvms = new HashSet<Long>();
    while (jvms.size() <= JVMS_OF_ONE && bench.isAlive()) {
      bench
          .descendants()
          .filter(child -> child.info().command().orElse("").endsWith("java"))
          .forEach(jvm -> jvms.add(jvm.pid()));
      Thread.sleep(50);
    }
    interrupt(bench);

    String said = Files.readString(out);
    var results = SpeedResults.read(List.of(json));
    assertFalse(results.entries().isEmpty(), said);
    assertTrue(said.contains("Interrupted: " + results.entries().size() + " of "), said);
    assertTrue(said.contains("ns/element"), said);
    assertFalse(said.contains("Measuring"), "a progress bar without a terminal");
  }

  private Process start(Path out, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }

  private static void interrupt(Process process) throws Exception {
    // A shell that runs this in the background has its processes ignore INT.
    for (String signal : List.of("-INT", "-TERM")) {
      String pid = Long.toString(process.pid());
      assertEquals(0, new ProcessBuilder("kill", signal, pid).start().waitFor());
      if (process.waitFor(15, TimeUnit.SECONDS)) {
        return;
      }
    }
    process.destroyForcibly();
  }
}
