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
import java.util.ArrayList;
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
          HtmlPage.strings(json, "machine", machine(results.machine()));
          caches(json, results.machine().path("cacheBytes"));
          ceilings(json, results.ceilings());
          speeds(json, results.speeds());
        },
        file);
  }

  private static List<String> machine(JsonNode machine) {
    var lines = new ArrayList<String>();
    for (var fact : machine.properties()) {
      if (fact.getValue().isTextual()) {
        lines.add(fact.getKey() + ": " + fact.getValue().asText());
      }
    }
    return lines;
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
      json.writeNumberField("low", speed.low());
      json.writeNumberField("high", speed.high());
      json.writeNumberField("variation", speed.variation());
      json.writeBooleanField("noisy", speed.isNoisy());
      json.writeNumberField("garbage", speed.bytesAllocated());
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

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value > 1e5 ? "%.0e".formatted(value) : "%.2f".formatted(value);
  }
}
