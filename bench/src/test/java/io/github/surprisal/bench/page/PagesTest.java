package io.github.surprisal.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.surprisal.bench.demo.SamplePages;
import io.github.surprisal.bench.report.ReportCommand;
import io.github.surprisal.bench.report.SampleResults;
import io.github.surprisal.bench.speed.SpeedResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every page in every browser that is here, of every kind of results that a command writes. */
@Order(2) // starts processes
class PagesTest {
  private final Map<String, Path> pages = new LinkedHashMap<>();
  private final Map<String, Consumer<PageProbe>> expectations = new HashMap<>();

  @TempDir private Path folder;

  @TestFactory
  List<DynamicTest> drawsItsChartsAndSaysNoError() throws Exception {
    writePages();
    Path album = folder.resolve("album.html");
    PageProbe.writeAlbum(pages, album);
    var tests = new ArrayList<DynamicTest>();
    for (var browser : Browser.installed()) {
      String dom = browser.domOf(album, folder);
      for (String page : pages.keySet()) {
        var probe = PageProbe.read(dom, page);
        tests.add(
            dynamicTest(
                browser + " " + page,
                () -> {
                  assertEquals(List.of(), probe.errors());
                  assertFalse(probe.text().contains("NaN"), probe::text);
                  assertFalse(probe.text().contains("undefined"), probe::text);
                  expectations.get(page).accept(probe);
                }));
      }
    }
    return tests;
  }

  private void writePages() throws IOException {
    Path bench = text("bench.json", SampleResults.bench());
    report("bench", page -> charts(page, 2, 2, 1, 12), bench);

    Path losses = text("losses.json", SampleResults.lossAlone());
    report("loss-alone", page -> charts(page, 0, 0, 0, 12), losses);

    Path pytorch = text("pytorch.json", SampleResults.pytorch("32x10", "64x10"));
    report(
        "pytorch",
        page -> {
          charts(page, 0, 2, 0, 4);
          assertFalse(page.text().contains("ulp at most"), page::text);
          assertTrue(page.text().contains("not checked against the oracle"), page::text);
        },
        pytorch);
    Path single = text("single.json", SampleResults.pytorch("32x10"));
    report("pytorch-one-shape", page -> charts(page, 0, 0, 0, 2), single);
    Consumer<PageProbe> both =
        page -> {
          charts(page, 2, 2, 1, 16);
          assertTrue(page.text().contains("the speed of PyTorch"), page::text);
          assertTrue(page.text().contains("CPU: "), page::text);
        };
    report("bench-and-pytorch", both, bench, pytorch);
    report("pytorch-and-bench", both, pytorch, bench);

    report("interrupted-at-once", page -> charts(page, 0, 0, 0, 0), text("none.json", "[]"));

    var whole = SpeedResults.read(List.of(bench));
    SamplePages.demo(
        whole.speeds(),
        page(
            "demo",
            page -> {
              assertEquals(3, page.charts("digits"));
              assertEquals(2, page.charts("verses"));
              assertEquals(2, page.rows("checks"));
              assertEquals(1 + whole.speeds().size(), page.rows("speed"));
            }));
    SamplePages.language(
        page(
            "language",
            page -> {
              assertEquals(2, page.charts("curves"));
              assertEquals(5, page.rows("models"));
            }));
  }

  private Path text(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path page(String name, Consumer<PageProbe> expected) {
    Path page = folder.resolve(name + ".html");
    pages.put(name, page);
    expectations.put(name, expected);
    return page;
  }

  private void report(String name, Consumer<PageProbe> expected, Path... results) {
    var arguments = new ArrayList<>(Arrays.stream(results).map(Path::toString).toList());
    arguments.addAll(List.of("--output", page(name, expected).toString()));
    int code = new CommandLine(new ReportCommand()).execute(arguments.toArray(String[]::new));
    assertEquals(0, code, name);
  }

  private static void charts(PageProbe page, int ratios, int sizes, int roofline, int figures) {
    assertEquals(ratios, page.charts("ratios"), "speed-up");
    assertEquals(sizes, page.charts("sizes"), "sizes");
    assertEquals(roofline, page.charts("roofline"), "roofline");
    assertEquals(1 + figures, page.rows("figures"), "figures");
  }
}
