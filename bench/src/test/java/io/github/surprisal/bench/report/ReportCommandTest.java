package io.github.surprisal.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new ReportCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(arguments);
  }

  /** A result of 100 elements that took so long, within one per cent. */
  private Path results(String name, double nanos) throws IOException {
    String entry =
        """
        [{"benchmark":"io.github.surprisal.bench.speed.LossBenchmark.lossAndGradient",
          "params":{"peer":"surprisal","loss":"mse","shape":"10x10","threads":"1"},
          "primaryMetric":{"score":%s,"scoreConfidence":[%s,%s],"rawData":[[%s,%s]]},
          "machine":{"CPU":"a processor","cacheBytes":{"L1":32768}},
          "check":{"right":true,"maxUlp":"1.5","meanUlp":"0.2","lossUlp":"Infinity","witness":"w"}},
         {"benchmark":"io.github.surprisal.bench.speed.CeilingBenchmark.copy",
          "params":{"elements":"1000"},"primaryMetric":{"score":100}}]
        """
            .formatted(nanos, 0.99 * nanos, 1.01 * nanos, 0.99 * nanos, 1.01 * nanos);
    return Files.writeString(folder.resolve(name), entry);
  }

  @Test
  void pageHoldsTheFigures() throws IOException {
    var page = folder.resolve("page.html");
    assertEquals(0, run(results("a.json", 250).toString(), "--output", page.toString()));
    String text = Files.readString(page);
    assertTrue(text.contains("\"nanos\":250.0"));
    assertTrue(text.contains("\"lossUlp\":\"Infinity\""));
    // 1000 floats read and written in 100 ns.
    assertTrue(text.contains("\"copy\":80.0"));
    assertTrue(text.contains("CPU: a processor"));
    assertTrue(text.contains("\"caches\":{\"L1\":32768}"));
  }

  @Test
  void slowerIsARegressionFasterIsNot() throws IOException {
    String before = results("before.json", 100).toString();
    String after = results("after.json", 110).toString();

    assertEquals(1, run("--compare", before, after));
    assertTrue(out.toString().contains("SLOWER"), out::toString);
    // 108.9 / 101 to 111.1 / 99
    assertTrue(out.toString().contains("1.08 to 1.12"), out::toString);
    assertEquals(0, run("--compare", after, before));
  }

  @Test
  void differenceWithinTheNoiseIsNone() throws IOException {
    String before = results("before.json", 100).toString();

    assertEquals(0, run("--compare", before, results("after.json", 101.5).toString()));
  }

  @Test
  void wrongUsageIsNamed() throws IOException {
    assertEquals(2, run("--compare", results("a.json", 1).toString()));
    assertTrue(out.toString().contains("--compare has 1 files, expected an old and a new"));
    var text = Files.writeString(folder.resolve("text"), "{}");
    assertEquals(1, run(text.toString(), "--output", folder.resolve("p.html").toString()));
  }
}
