package io.github.surprisal.bench.speed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.surprisal.bench.Machine;
import io.github.surprisal.bench.peer.VectorLoops;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * The results of a run: JMH's JSON, an array with an entry a benchmark, to each of which two fields
 * are added: {@code machine}, what it ran on, and {@code check}, what the result was worth.
 *
 * @param entries the array
 */
public record SpeedResults(ArrayNode entries) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What JMH measured here, beside what the checks said. */
  static SpeedResults of(Collection<RunResult> results, Map<String, JsonNode> checks)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    out.flush();
    var entries = (ArrayNode) JSON.readTree(bytes.toByteArray());
    ObjectNode machine = JSON.valueToTree(Machine.facts());
    machine.put("vectorFloats", VectorLoops.vectorFloats());
    machine.set("cacheBytes", JSON.valueToTree(Machine.caches()));
    for (JsonNode entry : entries) {
      var params = entry.get("params");
      ((ObjectNode) entry).set("machine", machine);
      var check =
          checks.get(
              CheckFile.key(
                  params.path("peer").asText(),
                  params.path("loss").asText(),
                  params.path("shape").asText()));
      if (check != null) {
        ((ObjectNode) entry).set("check", check);
      }
    }
    return new SpeedResults(entries);
  }

  /** Reads files of results, one after the other. */
  public static SpeedResults read(List<Path> files) throws IOException {
    var entries = JSON.createArrayNode();
    for (var file : files) {
      JsonNode content;
      try {
        content = JSON.readTree(file.toFile());
      } catch (JsonProcessingException e) {
        int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
        throw new IOException("%s is not JSON, as line %d shows.".formatted(file, line), e);
      }
      if (content == null || !content.isArray()) {
        throw new IOException(file + " is not an array of results, as bench --json writes.");
      }
      entries.addAll((ArrayNode) content);
    }
    return new SpeedResults(entries);
  }

  /** Writes the array. */
  public void write(Path file) throws IOException {
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(entries));
  }

  /** What it ran on, by the first entry. */
  public JsonNode machine() {
    return entries.path(0).path("machine");
  }

  /** All that the entries ran on, each once. */
  public List<JsonNode> machines() {
    return StreamSupport.stream(entries.spliterator(), false)
        .map(entry -> entry.path("machine"))
        .distinct()
        .toList();
  }

  /** The bytes of each cache, as far as an entry tells. */
  public JsonNode caches() {
    return machines().stream()
        .map(machine -> machine.path("cacheBytes"))
        .filter(JsonNode::isObject)
        .findFirst()
        .orElse(JSON.createObjectNode());
  }

  /** The losses' speeds. */
  public List<Speed> speeds() {
    return of(LossBenchmark.class).map(Speed::of).toList();
  }

  /** The machine's ceilings. */
  public List<Ceiling> ceilings() {
    return of(CeilingBenchmark.class).map(Ceiling::of).toList();
  }

  private Stream<JsonNode> of(Class<?> benchmark) {
    String name = '.' + benchmark.getSimpleName() + '.';
    return StreamSupport.stream(entries.spliterator(), false)
        .filter(entry -> entry.path("benchmark").asText().contains(name));
  }
}
