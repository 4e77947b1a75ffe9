package io.github.surprisal.bench.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.surprisal.bench.accuracy.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Where the JVMs that JMH starts write what their checks said, a line of JSON each. */
final class CheckFile {
  /** The system property that names the file; without it nothing is written. */
  static final String PROPERTY = "surprisal.bench.checks";

  private static final ObjectMapper JSON = new ObjectMapper();

  private CheckFile() {}

  static void append(String peer, String loss, String shape, Check check) throws IOException {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      return;
    }
    var accuracy = check.accuracy();
    String line =
        JSON.createObjectNode()
            .put("key", key(peer, loss, shape))
            .put("right", check.isRight())
            .put("lossError", text(check.lossError()))
            .put("gradientError", text(check.gradientError()))
            .put("lossUlp", text(accuracy.lossUlp()))
            .put("maxUlp", text(accuracy.maxUlp()))
            .put("meanUlp", text(accuracy.meanUlp()))
            .put("witness", accuracy.witness())
            .toString();
    Files.writeString(
        Path.of(file), line + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** JSON has no number for infinity. */
  private static String text(double value) {
    return Double.toString(value);
  }

  static String key(String peer, String loss, String shape) {
    return String.join(" ", peer, loss, shape);
  }

  /** What the checks said, by {@link #key}; the last of several. */
  static Map<String, JsonNode> read(Path file) throws IOException {
    Map<String, JsonNode> checks = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode check = JSON.readTree(line);
      checks.put(check.get("key").asText(), check);
    }
    return checks;
  }
}
