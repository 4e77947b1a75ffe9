package io.github.surprisal.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlPageTest {
  private static final List<String> SLOTS =
      List.of(
          "{{chart-style}}",
          "{{page-style}}",
          "{{chart-licence}}",
          "{{chart-library}}",
          "{{page-script}}",
          "{{data}}");

  @ParameterizedTest
  @ValueSource(strings = {"demo/demo.html", "demo/language.html", "report/report.html"})
  void templateHasEachSlotOnceAndAsksNoNetwork(String template) {
    String page = Resource.text(template);
    assertFalse(page.contains("http"), "a link to elsewhere");
    for (String slot : SLOTS) {
      assertEquals(page.indexOf(slot), page.lastIndexOf(slot), slot);
      assertTrue(page.contains(slot), slot);
    }
  }

  @ParameterizedTest
  @EnumSource
  void librariesAreInTheJarWithTheirLicences(ChartLibrary library) {
    assertTrue(library.script().length() > 10_000);
    assertTrue((library.licence() + library.script()).contains("icense"));
    assertFalse(library.ownScript().contains("http"));
  }

  @Test
  void dataCannotEndItsElement(@TempDir Path folder) throws IOException {
    var file = folder.resolve("page.html");
    HtmlPage.write(
        "report/report.html",
        ChartLibrary.ECHARTS,
        json -> json.writeStringField("evil", "</script>"),
        file);
    String page = Files.readString(file);
    assertTrue(page.contains("{\"evil\":\"\\u003c/script>\"}"));
    assertFalse(page.contains("{{"));
  }
}
