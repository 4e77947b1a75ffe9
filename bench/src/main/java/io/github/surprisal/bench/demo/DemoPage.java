package io.github.surprisal.bench.demo;

import static io.github.surprisal.bench.page.HtmlPage.numbers;
import static io.github.surprisal.bench.page.HtmlPage.strings;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.surprisal.bench.Machine;
import io.github.surprisal.bench.page.ChartLibrary;
import io.github.surprisal.bench.page.HtmlPage;
import io.github.surprisal.bench.speed.SpeedTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The page that shows a {@link DemoReport}. */
final class DemoPage {
  private DemoPage() {}

  /** Writes the page. */
  static void write(DemoReport report, Path file) throws IOException {
    HtmlPage.write(
        "demo/demo.html",
        ChartLibrary.UPLOT,
        json -> {
          strings(json, "machine", Machine.describe());
          digits(json, report.digits());
          verses(json, report);
          checks(json, report.checks());
          speed(json, report.speed());
        },
        file);
  }

  private static void digits(JsonGenerator json, List<DigitTraining.Epoch> epochs)
      throws IOException {
    json.writeObjectFieldStart("digits");
    numbers(json, "epoch", epochs, DigitTraining.Epoch::number);
    numbers(json, "training", epochs, DigitTraining.Epoch::trainingLoss);
    numbers(json, "heldOut", epochs, DigitTraining.Epoch::heldOutLoss);
    numbers(json, "accuracy", epochs, DigitTraining.Epoch::accuracy);
    numbers(json, "perplexity", epochs, DigitTraining.Epoch::perplexity);
    json.writeEndObject();
  }

  private static void verses(JsonGenerator json, DemoReport report) throws IOException {
    var steps = report.verses();
    json.writeObjectFieldStart("verses");
    numbers(json, "step", steps, CharacterTraining.Step::number);
    numbers(json, "training", steps, step -> step.training().bits());
    numbers(json, "heldOut", steps, step -> step.heldOut().bits());
    numbers(json, "perplexity", steps, step -> step.heldOut().perplexity());
    json.writeArrayFieldStart("counted");
    for (var model : report.counted()) {
      json.writeStartObject();
      json.writeStringField("name", model.name());
      json.writeNumberField("bits", model.score().bits());
      json.writeNumberField("perplexity", model.score().perplexity());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void checks(JsonGenerator json, List<GradientCheck> checks) throws IOException {
    json.writeArrayFieldStart("checks");
    for (var check : checks) {
      json.writeStartObject();
      json.writeStringField("name", check.name());
      json.writeNumberField("elements", check.elements());
      json.writeNumberField("worst", check.worstUlps());
      json.writeNumberField("bound", check.bound());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void speed(JsonGenerator json, SpeedTable table) throws IOException {
    json.writeObjectFieldStart("speed");
    strings(json, "header", table.header());
    json.writeArrayFieldStart("rows");
    for (var row : table.rows()) {
      json.writeArray(row.toArray(String[]::new), 0, row.size());
    }
    json.writeEndArray();
    strings(json, "legend", SpeedTable.LEGEND);
    json.writeEndObject();
  }
}
