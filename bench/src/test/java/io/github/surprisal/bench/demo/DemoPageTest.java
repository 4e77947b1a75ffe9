package io.github.surprisal.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoPageTest {
  private static final List<String> SLOTS =
      List.of(
          "{{chart-style}}",
          "{{page-style}}",
          "{{chart-licence}}",
          "{{chart-library}}",
          "{{page-script}}",
          "{{data}}");

  @ParameterizedTest
  @ValueSource(strings = {"demo.html", "language.html"})
  void pageHoldsItsLibraryAndAsksNoNetwork(String template) {
    assertTrue(Resource.chartLibrary("dist/uPlot.iife.min.js").contains("uPlot"));
    assertTrue(Resource.chartLibrary("dist/uPlot.min.css").contains(".uplot"));
    String page = Resource.text(template);
    String parts = page + Resource.text("page.css") + Resource.text("page.js");
    assertFalse(parts.contains("http"), "a link to elsewhere");
    for (String slot : SLOTS) {
      assertEquals(page.indexOf(slot), page.lastIndexOf(slot));
      assertTrue(page.contains(slot));
    }
  }

  @Test
  void gradientsOfHardRowsAreWithinThePromise() {
    var check = GradientCheck.of(GradientCheck.hardRows(12, 7), 200, 7);

    assertEquals(200, check.elements());
    assertTrue(check.holds(), check::toString);
  }
}
