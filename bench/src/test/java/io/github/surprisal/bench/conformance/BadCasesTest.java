package io.github.surprisal.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.surprisal.bench.conformance.loss.CaseLosses;
import io.github.surprisal.bench.conformance.loss.Loss;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a case is said in the words of the case, whatever the loss. */
class BadCasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> VALUES =
      List.of("-1", "0", "2", "1e30", "-1e-30", "1e-300", "1e999", "0.5", "true", "\"cat\"");

  private static final List<String> LISTS = List.of("[]", "[1]", "[1,2]", "[1,\"NaN\",1]");

  /** Names of classes and arguments, brackets of records, numbers as Java writes them. */
  private static final Pattern JAVA =
      Pattern.compile(
          "[a-z][A-Z]|\\bnull\\b|\\w\\[\\w*=|[A-Z]\\w*\\[|\\w\\.\\w+\\.\\w+Exc|\\dE-?\\d|@");

  private static final Pattern SUBJECT =
      Pattern.compile("(?:options\\.|inputs\\.|want\\.)?(\\w+)[^ ]* (?:=|is) .*");

  private static Stream<String> losses() {
    return CaseLosses.all().stream().map(Loss::name);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void messagesHaveTheWordsOfTheCase(String name) throws Exception {
    int errors = 0;
    for (ObjectNode line : badCases(CaseLosses.named(name))) {
      String kernel = error(Engine.KERNEL, line);
      if (kernel != null) {
        errors++;
        // The engines may word a rule differently.
        assertEquals(
            withoutRule(kernel), withoutRule(error(Engine.REFERENCE, line)), line::toString);
        assertFalse(JAVA.matcher(kernel.replace("NaN", "")).find(), kernel);
        var subject = SUBJECT.matcher(kernel);
        assertTrue(subject.matches(), kernel);
        boolean isInCase = line.toString().contains('"' + subject.group(1) + '"');
        assertTrue(isInCase || kernel.endsWith(" is missing"), kernel + " of " + line);
      }
    }
    assertTrue(errors > 10, name + " has but " + errors);
  }

  @Test
  void namesTheSpellingOfTheCase() throws Exception {
    assertEquals(
        "options.eps = -1, expected 0 < eps < infinity",
        error(Engine.KERNEL, with("mape", "eps", "-1")));
    assertEquals(
        "options.power = 5, expected 1 <= power <= 2",
        error(Engine.KERNEL, with("tweedie", "power", "5")));
    assertEquals(
        "options.convention = \"xgboost\", expected exact for log_cosh",
        error(Engine.KERNEL, with("log_cosh", "convention", "\"xgboost\"")));
    assertEquals(
        "options.x is unknown, expected none", error(Engine.KERNEL, with("log_softmax", "x", "1")));
    assertEquals(
        "options.weight_hard_loss = 2, expected 0 <= weight_hard_loss <= 1",
        error(Engine.KERNEL, with("distillation_kl", "weight_hard_loss", "2")));
    var unlabelled = with("distillation_kl", "weight_hard_loss", "0.3");
    ((ObjectNode) unlabelled.get("inputs")).remove("labels");
    assertEquals(
        "options.weight_hard_loss = 0.3, expected 0 without inputs.labels",
        error(Engine.KERNEL, unlabelled));
  }

  /** The classes of a row do not lie beside each other in a case of three axes. */
  @Test
  void namesTheIndexThatTheCaseHas() throws Exception {
    var line = good(CaseLosses.named("distillation_kl"));
    var inputs = (ObjectNode) line.get("inputs");
    inputs.removeAll();
    inputs.set("logits", tensor("[1,3,2]", "[1,2,3,4,5,6]"));
    inputs.set("teacher_probabilities", tensor("[1,2,2]", "[0.5,0.5,0.5,0.5]"));
    inputs.set("teacher_indices", tensor("[1,2,2]", "[0,1,2,1]"));
    assertEquals(
        "teacher_indices[3] = 1, expected to differ from teacher_indices[1]",
        error(Engine.KERNEL, line));
    inputs.set("teacher_indices", tensor("[1,2,2]", "[0,1,3,0]"));
    assertEquals("teacher_indices[2] = 3, expected 0 <= class < 3", error(Engine.KERNEL, line));
    inputs.set("row_mask", tensor("[1,2]", "[0,1]"));
    assertEquals(null, error(Engine.KERNEL, line));
  }

  private static String withoutRule(String error) {
    return String.valueOf(error).replaceAll(", expected.*", "");
  }

  private static List<ObjectNode> badCases(Loss loss) throws Exception {
    var lines = new ArrayList<ObjectNode>();
    var options = new TreeSet<>(loss.signature().options());
    options.addAll(List.of("eps", "power", "unheard"));
    for (String option : options) {
      for (String value : Stream.concat(VALUES.stream(), LISTS.stream()).toList()) {
        lines.add(with(loss.name(), option, value));
      }
    }
    for (String convention : List.of("xgboost", "lightgbm")) {
      var line = with(loss.name(), "convention", '"' + convention + '"');
      line.putArray("want").add("hessian");
      lines.add(line);
    }
    for (String input : loss.signature().inputs().keySet()) {
      var without = good(loss);
      ((ObjectNode) without.get("inputs")).remove(input);
      lines.add(without);
      for (var shape : List.of("[]", "[3]", "[3,2]", "[0,3]", "[2]", "[2,3]")) {
        for (String number : List.of("-7", "1", "3", "0.5", "\"NaN\"", "1e999")) {
          if (!number.equals("1") && !shape.equals("[2,3]") && !shape.equals("[2]")) {
            continue; // one thing wrong at a time
          }
          var line = good(loss);
          int length =
              Stream.of(shape.replaceAll("[\\[\\]]", "").split(","))
                  .filter(text -> !text.isEmpty())
                  .mapToInt(Integer::parseInt)
                  .reduce(1, (a, b) -> a * b);
          var data = Stream.generate(() -> number).limit(length).collect(Collectors.joining(","));
          ((ObjectNode) line.get("inputs")).set(input, tensor(shape, '[' + data + ']'));
          lines.add(line);
        }
      }
    }
    var upstream = good(loss);
    upstream.set("upstream", tensor("[7]", "[1,1,1,1,1,1,1]"));
    lines.add(upstream);
    return lines;
  }

  private static ObjectNode with(String loss, String option, String value) throws Exception {
    var line = good(CaseLosses.named(loss));
    ((ObjectNode) line.get("options")).putRawValue(option, new RawValue(value));
    return line;
  }

  /** A case that runs. */
  private static ObjectNode good(Loss loss) throws Exception {
    var line = JSON.createObjectNode().put("id", "a").put("loss", loss.name());
    line.put("dtype", "float32");
    var inputs = line.putObject("inputs");
    line.putObject("options");
    for (String name : loss.signature().inputs().keySet()) {
      switch (name) {
        case "labels" -> inputs.set(name, tensor("[2]", "[0,2]"));
        case "logits", "log_probabilities", "predictions", "targets", "teacher_logits" ->
            inputs.set(name, tensor("[2,3]", "[0.1,0.2,0.3,0.4,0.5,0.6]"));
        case "variance", "scale" -> inputs.set(name, tensor("[2,3]", "[1,1,1,1,1,1]"));
        default -> {} // not needed
      }
    }
    return line;
  }

  private static ObjectNode tensor(String shape, String data) throws Exception {
    String text = "{\"shape\":%s,\"data\":%s}".formatted(shape, data);
    return (ObjectNode) JSON.readTree(text);
  }

  /** What is wrong with the case, or null. */
  private static String error(Engine engine, ObjectNode line) throws Exception {
    byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
    return JSON.readTree(new Evaluator(engine, 1 << 20).evaluate(bytes)).path("error").textValue();
  }
}
