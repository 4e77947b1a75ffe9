package io.github.surprisal.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What compare lets pass, and what it does not. */
class CompareTest {
  @TempDir private Path folder;
  private String printed;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "1.5             | 1.5             | 0",
        "0.0             | -0.0            | 0",
        "'\"NaN\"'       | '\"NaN\"'       | 0",
        "'\"Infinity\"'  | '\"Infinity\"'  | 0",
        "'\"Infinity\"'  | '\"-Infinity\"' | 1",
        "'\"NaN\"'       | 1               | 1",
        "1               | '\"NaN\"'       | 1",
        "'\"Infinity\"'  | 3.4e38          | 1",
        "1               | 1.0000004       | 0",
        "1               | 1.0001          | 1",
        "0.1             | 0.10000000149   | 0",
      })
  void judgesNumbers(String truth, String mine, int exit) throws Exception {
    String line = "{\"id\":1,\"loss\":{\"shape\":[],\"data\":[%s]}}";
    assertEquals(exit, compare(List.of(line.formatted(truth)), List.of(line.formatted(mine))));
  }

  @Test
  void countsErrorsInUlpsOfTheScale() throws Exception {
    // p - t cancels: the terms are near 1/2, the gradient is not.
    String oracle =
        ",\"oracle\":{\"loss_name\":\"cross_entropy\",\"dtype\":\"float32\",\"scale\":{\"gradients\":"
            + "{\"logits\":{\"shape\":[1],\"data\":[0.5]}}}}}";
    String line = "{\"id\":1,\"gradients\":{\"logits\":{\"shape\":[1],\"data\":[%s]}}";
    var truth = List.of(line.formatted("1e-9") + oracle);
    assertEquals(0, compare(truth, List.of(line.formatted("2e-8") + "}")));
    assertEquals(1, compare(truth, List.of(line.formatted("2e-6") + "}")));
    assertTrue(printed.contains("BROKEN by 1"), printed);
  }

  @Test
  void findsWhatIsMissing() throws Exception {
    String a = "{\"id\":\"a\",\"loss\":{\"shape\":[],\"data\":[1]}}";
    String b = "{\"id\":\"b\",\"loss\":{\"shape\":[],\"data\":[2]}}";
    String c = "{\"id\":\"c\",\"error\":\"one reason\"}";
    String otherC = "{\"id\":\"c\",\"error\":\"another\"}";
    assertEquals(0, compare(List.of(a, b, c), List.of(a, b, otherC)));
    assertEquals(0, compare(List.of(a, b, c), List.of(c, a, b)));
    assertEquals(1, compare(List.of(a, b, c), List.of(a, c)));
    assertTrue(printed.contains("FAILED \"b\": is missing in the results"), printed);
    assertEquals(1, compare(List.of(a, c), List.of(a, b, c)));
    assertTrue(printed.contains("FAILED \"b\": is missing in the truth"), printed);
    assertEquals(1, compare(List.of(a, b, c), List.of(a, b, b.replace("\"b\"", "\"c\""))));
    assertTrue(printed.contains("is an error in the truth alone: one reason"), printed);
    assertEquals(1, compare(List.of(a), List.of("{\"id\":\"a\"}")));
    assertTrue(printed.contains("loss is missing in the results"), printed);
    assertEquals(1, compare(List.of(a), List.of(a.replace("[]", "[1]"))));
    assertTrue(printed.contains("loss.shape = [1], expected []"), printed);
    assertEquals(1, compare(List.of(a), List.of(a, "nonsense")));
    assertTrue(printed.contains("a line of the results cannot be read"), printed);
  }

  @Test
  void asksTheOracleAboutForeignTruth() throws Exception {
    List<String> cases = new RandomCases(8, 20).lines(40);
    List<String> truth = evaluate(Engine.REFERENCE, cases);
    List<String> foreign = truth.stream().map(t -> t.replaceAll(",\"oracle\".*", "}")).toList();
    List<String> mine = evaluate(Engine.KERNEL, cases);
    assertEquals(0, compare(truth, mine));
    String expected = printed;
    Path file = Files.write(folder.resolve("cases"), cases);
    assertEquals(0, compare(foreign, mine, "--cases", file.toString()));
    assertEquals(expected, printed);
  }

  @Test
  void wrongUsageIsTwo() throws Exception {
    var command = new CommandLine(new Compare()).setErr(new PrintWriter(new StringWriter()));
    assertEquals(2, command.execute("one"));
    assertEquals(2, command.execute("no such file", "nor this"));
    assertEquals(2, compare(List.of(), List.of(), "--dtype", "float8"));
  }

  private static List<String> evaluate(Engine engine, List<String> cases) {
    var evaluator = new Evaluator(engine, 1 << 26);
    return cases.stream()
        .map(line -> evaluator.evaluate(line.getBytes(StandardCharsets.UTF_8)))
        .map(result -> new String(result, StandardCharsets.UTF_8).strip())
        .toList();
  }

  private int compare(List<String> truth, List<String> mine, String... options) throws Exception {
    var out = new StringWriter();
    var files = new ArrayList<String>();
    files.add(Files.write(folder.resolve("truth"), truth).toString());
    files.add(Files.write(folder.resolve("mine"), mine).toString());
    int exit =
        new CommandLine(new Compare())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(new StringWriter()))
            .execute(Stream.concat(files.stream(), Stream.of(options)).toArray(String[]::new));
    printed = out.toString();
    return exit;
  }
}
