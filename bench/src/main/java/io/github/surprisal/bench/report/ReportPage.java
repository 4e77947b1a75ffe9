package io.github.surprisal.bench.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.surprisal.bench.page.ChartLibrary;
import io.github.surprisal.bench.page.HtmlPage;
import io.github.surprisal.bench.speed.Ceiling;
import io.github.surprisal.bench.speed.Speed;
import io.github.surprisal.bench.speed.SpeedResults;
import io.github.surprisal.bench.workload.MeasuredLosses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;

/** The page that shows the results of {@code surprisal bench}. */
final class ReportPage {
  private ReportPage() {}

  /** Writes the page. */
  static void write(SpeedResults results, Path file) throws IOException {
    HtmlPage.write(
        "report/report.html",
        ChartLibrary.ECHARTS,
        json -> {
          HtmlPage.strings(json, "machine", machines(results));
          caches(json, results.caches());
          ceilings(json, results.ceilings());
          speeds(json, results.speeds());
        },
        file);
  }

  /** Results of several programs may be of one machine, or of several. */
  private static List<String> machines(SpeedResults results) {
    var lines = new LinkedHashSet<String>();
    for (var machine : results.machines()) {
      for (var fact : machine.properties()) {
        if (fact.getValue().isTextual()) {
          lines.add(fact.getKey() + ": " + fact.getValue().asText());
        }
      }
    }
    return List.copyOf(lines);
  }

  private static void caches(JsonGenerator json, JsonNode caches) throws IOException {
    json.writeObjectFieldStart("caches");
    for (var cache : caches.properties()) {
      json.writeNumberField(cache.getKey(), cache.getValue().asLong());
    }
    json.writeEndObject();
  }

  private static void ceilings(JsonGenerator json, List<Ceiling> ceilings) throws IOException {
    json.writeObjectFieldStart("ceilings");
    for (var ceiling : ceilings) {
      switch (ceiling.what()) {
        case "copy" -> json.writeNumberField("copy", ceiling.gigabytesPerSecond());
        case "fma" -> json.writeNumberField("fma", ceiling.gigaflops());
        default -> json.writeNumberField("exp", ceiling.nanos() / ceiling.elements());
      }
    }
    json.writeEndObject();
  }

  private static void speeds(JsonGenerator json, List<Speed> speeds) throws IOException {
    json.writeArrayFieldStart("speeds");
    for (var speed : speeds) {
      boolean isOfLabels = MeasuredLosses.named(speed.loss()).isOfLabels();
      json.writeStartObject();
      json.writeStringField("peer", speed.peer());
      json.writeStringField("loss", speed.loss());
      json.writeStringField("shape", speed.shape().toString());
      json.writeStringField("what", speed.what());
      json.writeNumberField("threads", speed.threads());
      json.writeNumberField("elements", speed.shape().elements());
      json.writeNumberField("nanos", speed.nanos());
      finite(json, "low", speed.low());
      finite(json, "high", speed.high());
      finite(json, "variation", speed.variation());
      json.writeBooleanField("noisy", speed.isNoisy());
      finite(json, "garbage", speed.bytesAllocated());
      json.writeBooleanField("computes", speed.check() != null);
      json.writeBooleanField("right", speed.isRight());
      json.writeStringField("maxUlp", number(speed.checked("maxUlp")));
      json.writeStringField("meanUlp", number(speed.checked("meanUlp")));
      json.writeStringField("lossUlp", number(speed.checked("lossUlp")));
      json.writeStringField(
          "witness", speed.check() == null ? "" : speed.check().path("witness").asText());
      json.writeNumberField("operations", Operations.of(speed.loss()));
      // Logits and gradient; or predictions, targets and gradient.
      json.writeNumberField("bytes", (isOfLabels ? 2 : 3) * Float.BYTES);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** A number, or null for what was not measured: JSON has no NaN. */
  private static void finite(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value > 1e5 ? "%.0e".formatted(value) : "%.2f".formatted(value);
  }
}
