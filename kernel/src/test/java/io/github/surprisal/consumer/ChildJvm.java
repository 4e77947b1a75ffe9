package io.github.surprisal.consumer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of this JVM's own {@code java}, in a process of its own. */
public record ChildJvm(int exit, String out, String err) {
  private static final long SECONDS = 120;

  /** Runs {@code java} with the arguments, free of what the environment would add to them. */
  public static ChildJvm run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Warnings of the VM would else be among the output.
    command.add("-XX:+DisplayVMOutputToStderr");
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("child", ".out");
    Path err = Files.createTempFile("child", ".err");
    try {
      var builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
      var process = builder.start();
      try {
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), () -> "still runs: " + command);
      } finally {
        process.destroyForcibly();
      }
      return new ChildJvm(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
