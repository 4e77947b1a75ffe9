package io.github.surprisal.bench.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.surprisal.bench.Failure;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Writes pages that are one file, charts and all, and ask no network. */
public final class HtmlPage {
  private HtmlPage() {}

  /** The fields of the object that a page shows. */
  @FunctionalInterface
  public interface Data {
    /** Writes them. */
    void write(JsonGenerator json) throws IOException;
  }

  /** Refuses an option {@code --output} that cannot be written, before any work. */
  public static void check(Path output, CommandSpec command) {
    String reason = Failure.ofWriting(output);
    if (reason != null) {
      throw new ParameterException(command.commandLine(), "--output: " + reason);
    }
  }

  /**
   * Fills the slots of a template among the resources.
   *
   * @param charts what its charts are drawn with
   */
  public static void write(String template, ChartLibrary charts, Data data, Path file)
      throws IOException {
    String page =
        Resource.text(template)
            .replace("{{chart-style}}", charts.style())
            .replace("{{page-style}}", Resource.text("page/page.css"))
            .replace("{{chart-licence}}", charts.licence())
            .replace("{{chart-library}}", charts.script())
            .replace("{{page-script}}", Resource.text("page/page.js") + charts.ownScript())
            // No text may end the script element that holds the data.
            .replace("{{data}}", json(data).replace("<", "\\u003c"));
    Files.writeString(file, page);
  }

  private static String json(Data data) throws IOException {
    var text = new StringWriter();
    try (var json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      data.write(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  /** A field of strings. */
  public static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeFieldName(name);
    json.writeArray(values.toArray(String[]::new), 0, values.size());
  }

  /** A field of numbers, one of each. */
  public static <T> void numbers(
      JsonGenerator json, String name, List<T> from, ToDoubleFunction<T> value) throws IOException {
    json.writeFieldName(name);
    json.writeArray(from.stream().mapToDouble(value).toArray(), 0, from.size());
  }
}
