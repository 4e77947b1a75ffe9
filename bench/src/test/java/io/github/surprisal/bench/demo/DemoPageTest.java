package io.github.surprisal.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoPageTest {
  @Test
  void pageHoldsItsLibraryAndAsksNoNetwork() {
    assertTrue(Resource.chartLibrary("dist/uPlot.iife.min.js").contains("uPlot"));
    assertTrue(Resource.chartLibrary("dist/uPlot.min.css").contains(".uplot"));
    String page = Resource.text("demo.html");
    assertFalse(page.contains("http"), "a link to elsewhere");
    for (String slot :
        List.of("{{chart-style}}", "{{chart-licence}}", "{{chart-library}}", "{{data}}")) {
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
