package io.github.surprisal.bench.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.surprisal.bench.Machine;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Writes pages that are one file, charts and all, and ask no network. */
final class HtmlPage {
  private HtmlPage() {}

  /** The fields of the object that a page shows. */
  @FunctionalInterface
  interface Data {
    void write(JsonGenerator json) throws IOException;
  }

  /** Refuses an option {@code --output} that cannot be written, before any work. */
  static void check(Path output, CommandSpec command) {
    var directory = output.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new ParameterException(
          command.commandLine(),
          "--output = " + output + ", expected a file in a directory there is");
    }
  }

  /** Fills the slots of a template among the resources. */
  static void write(String template, Data data, Path file) throws IOException {
    String page =
        Resource.text(template)
            .replace("{{chart-style}}", Resource.chartLibrary("dist/uPlot.min.css"))
            .replace("{{page-style}}", Resource.text("page.css"))
            .replace("{{chart-licence}}", Resource.chartLibrary("LICENSE"))
            .replace("{{chart-library}}", Resource.chartLibrary("dist/uPlot.iife.min.js"))
            .replace("{{page-script}}", Resource.text("page.js"))
            // No text may end the script element that holds the data.
            .replace("{{data}}", json(data).replace("<", "\\u003c"));
    Files.writeString(file, page);
  }

  private static String json(Data data) throws IOException {
    var text = new StringWriter();
    try (var json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      strings(json, "machine", Machine.describe());
      data.write(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
    json.writeFieldName(name);
    json.writeArray(values.toArray(String[]::new), 0, values.size());
  }

  static <T> void numbers(JsonGenerator json, String name, List<T> from, ToDoubleFunction<T> value)
      throws IOException {
    json.writeFieldName(name);
    json.writeArray(from.stream().mapToDouble(value).toArray(), 0, from.size());
  }
}
