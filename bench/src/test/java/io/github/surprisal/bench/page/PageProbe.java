package io.github.surprisal.bench.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a page said and drew in a browser, told by a script that a test adds to it.
 *
 * @param told errors and warnings, charts of each element that has an id, and the text
 */
record PageProbe(JsonNode told) {
  /** The title of the album once all of its pages have been looked at. */
  static final String DONE = "probed";

  private static final String SCRIPT =
      """
      <script>
      {
        const errors = [], charts = {}, rows = {};
        addEventListener("error", e => errors.push(e.message));
        addEventListener("unhandledrejection", e => errors.push(String(e.reason)));
        for (const level of ["error", "warn"]) console[level] = (...said) => errors.push(said.join(" "));
        addEventListener("load", () => setTimeout(() => {
          for (const at of document.querySelectorAll("[id]")) {
            charts[at.id] = [...at.querySelectorAll("figure")].filter(figure => {
              const canvas = figure.querySelector("canvas");
              return figure.querySelector("svg path") || canvas && canvas.width > 0;
            }).length;
            rows[at.id] = at.querySelectorAll("tr").length;
          }
          const told = parent.document.body.appendChild(parent.document.createElement("pre"));
          told.id = frameElement.id + ".told";
          told.append(encodeURIComponent(JSON.stringify({ errors, charts, rows, text: document.body.innerText })));
          const left = parent.frames.length - parent.document.querySelectorAll("pre").length;
          if (left === 0) parent.document.title = "probed";
        }, 200));
      }
      </script>
      """;

  /** Writes one page that holds all, each in a frame: a browser takes seconds to start. */
  static void writeAlbum(Map<String, Path> pages, Path album) throws IOException {
    var html =
        new StringBuilder("<!doctype html><meta charset=\"utf-8\"><title>album</title><body>");
    for (var page : pages.entrySet()) {
      String text = Files.readString(page.getValue()).replaceFirst("<head>", "$0" + SCRIPT);
      String quoted = text.replace("&", "&amp;").replace("\"", "&quot;");
      html.append("<iframe width=1100 height=800 id=\"%s\" srcdoc=\"".formatted(page.getKey()));
      html.append(quoted).append("\"></iframe>");
    }
    Files.writeString(album, html);
  }

  /** What the script of the page of this name left in the DOM of the album. */
  static PageProbe read(String dom, String name) throws IOException {
    var told = Pattern.compile("<pre id=\"" + name + "\\.told\">([^<]*)<").matcher(dom);
    if (!told.find()) {
      throw new IOException(name + " tells nothing");
    }
    String json = URLDecoder.decode(told.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    return new PageProbe(new ObjectMapper().readTree(json));
  }

  List<String> errors() {
    var errors = new ArrayList<String>();
    told.get("errors").forEach(error -> errors.add(error.asText()));
    return errors;
  }

  /** How many figures that something is drawn in; 0 without the element. */
  int charts(String id) {
    return told.get("charts").path(id).asInt();
  }

  /** How many rows a table has, its header included. */
  int rows(String id) {
    return told.get("rows").path(id).asInt();
  }

  String text() {
    return told.get("text").asText();
  }
}
