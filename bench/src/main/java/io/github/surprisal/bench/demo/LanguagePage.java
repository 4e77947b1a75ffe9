package io.github.surprisal.bench.demo;

import static io.github.surprisal.bench.page.HtmlPage.numbers;
import static io.github.surprisal.bench.page.HtmlPage.strings;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.surprisal.bench.Machine;
import io.github.surprisal.bench.page.ChartLibrary;
import io.github.surprisal.bench.page.HtmlPage;
import java.io.IOException;
import java.nio.file.Path;

/** The page that shows a {@link LanguageReport}. */
final class LanguagePage {
  private LanguagePage() {}

  /** Writes the page. */
  static void write(LanguageReport report, Path file) throws IOException {
    HtmlPage.write("demo/language.html", ChartLibrary.UPLOT, json -> fields(report, json), file);
  }

  private static void fields(LanguageReport report, JsonGenerator json) throws IOException {
    strings(json, "machine", Machine.describe());
    var epochs = report.epochs();
    numbers(json, "epoch", epochs, BigramTraining.Epoch::number);
    numbers(json, "training", epochs, epoch -> epoch.training().perplexity());
    numbers(json, "heldOut", epochs, epoch -> epoch.heldOut().perplexity());
    json.writeNumberField("bigram", report.bigram().perplexity());
    json.writeNumberField("unigram", report.unigram().perplexity());
    json.writeNumberField("vocabulary", report.vocabulary());
    json.writeArrayFieldStart("models");
    for (var model : report.models()) {
      json.writeStartObject();
      json.writeStringField("name", model.name());
      json.writeNumberField("perplexity", model.score().perplexity());
      json.writeNumberField("bits", model.score().bits());
      json.writeNumberField("bitsPerByte", report.bitsPerByte(model.score()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
