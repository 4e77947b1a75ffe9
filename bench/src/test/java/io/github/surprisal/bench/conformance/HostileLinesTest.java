package io.github.surprisal.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.bench.conformance.protocol.LineReader;
import io.github.surprisal.bench.conformance.protocol.ResultReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a line holds, it gives one line that says what is wrong. */
class HostileLinesTest {
  private static final String GOOD =
      """
      {"id":"a","loss":"cross_entropy","dtype":"float32",\
      "inputs":{"logits":{"shape":[2,3],"data":[1,2,3,4,5,6]},"labels":{"shape":[2],"data":[0,1]}},\
      "options":{},"want":["loss"]}\
      """;

  @ParameterizedTest
  @EnumSource
  void runsTheCaseThatTheOthersBreak(Engine engine) throws Exception {
    var result = ResultReader.read(evaluate(engine, GOOD).getBytes(StandardCharsets.UTF_8));
    assertNull(result.error());
    assertEquals(1.9076059, result.outcome().loss().data()[0], 1e-6);
  }

  @ParameterizedTest
  @MethodSource
  void namesWhatIsWrong(String line, String id, String error) {
    for (Engine engine : Engine.values()) {
      String result = evaluate(engine, line);
      assertTrue(
          result.startsWith("{\"id\":" + id + ",\"error\":\"") && result.contains(error), result);
      assertEquals(result.length() - 1, result.indexOf('\n'));
      assertTrue(result.length() < 1000, result);
    }
  }

  static Stream<Arguments> namesWhatIsWrong() {
    return Stream.of(
        Arguments.of("nonsense", "null", "malformed JSON: Unrecognized token 'nonsense'"),
        Arguments.of("{\"id\":\"a\"", "\"a\"", "malformed JSON"),
        Arguments.of(GOOD + " 1", "\"a\"", "the line goes on after its object"),
        Arguments.of("[]", "null", "the line = [...], expected an object"),
        Arguments.of("{}", "null", "id is missing"),
        Arguments.of("{\"id\":\"a\"}", "\"a\"", "loss is missing"),
        Arguments.of("{\"id\":7,\"loss\":\"nll\"}", "7", "dtype is missing"),
        Arguments.of("{\"id\":1.5}", "null", "id = 1.5, expected a string or an integer"),
        Arguments.of("{\"id\":{\"id\":1}}", "null", "id = {...}, expected a string"),
        Arguments.of("{\"x\":1,\"id\":\"a\"}", "\"a\"", "x is unknown"),
        Arguments.of("{\"id\":\"a\",\"id\":\"b\"}", "\"a\"", "Duplicate field 'id'"),
        change("float32", "float8", "dtype = \\\"float8\\\", expected float32"),
        change("cross_entropy", "crossentropy", "loss = \\\"crossentropy\\\", expected one of"),
        change(
            "labels", "label", "inputs.label is unknown, expected one of allowed_classes, labels"),
        change("\"options\":{}", "\"options\":[]", "options = [...], expected an object"),
        change("\"options\":{}", "\"option\":{}", "option is unknown"),
        option("\"gamma\":2", "options.gamma is unknown, expected one of convention, denominator"),
        option("\"reduction\":\"avg\"", "options.reduction = \\\"avg\\\", expected one of none"),
        option("\"reduction\":null", "options.reduction = null, expected a number, a string"),
        option("\"denominator\":-1", "denominator = -1"),
        option("\"denominator\":\"rows\"", "options.denominator = \\\"rows\\\", expected one of"),
        option("\"label_smoothing\":1.5", "label_smoothing = 1.5, expected 0 <= label_smoothing"),
        option("\"label_smoothing\":1e999", "label_smoothing = 1e999, expected a finite number"),
        option("\"temperature\":0", "temperature = 0, expected 2^-100 to 2^100"),
        option("\"temperature\":1e-300", "temperature = 1e-300, expected 2^-100 to 2^100"),
        option("\"softcap\":-30", "softcap = -30, expected 2^-20 to 2^20"),
        option("\"softcap\":\"Infinity\"", "options.softcap = \\\"Infinity\\\", expected a finite"),
        option("\"z_loss\":-1", "z_loss = -1, expected"),
        option("\"entropy\":true", "options.entropy = true, expected a finite number"),
        allowed(
            "[2]", "1,1", "allowed_classes.shape = [2], expected [2, 3], that of logits, or [3]"),
        allowed("[3]", "1,1,2", "allowed_classes[2] = 2, expected 0 or 1"),
        allowed("[3]", "1,1,0.5", "allowed_classes[2] = 0.5, expected an integer"),
        named("softmax_focal", "\"gamma\":-1", "gamma = -1, expected"),
        named(
            "softmax_focal", "\"weight\":[1,1,1]", "options.weight is unknown, expected one of al"),
        named("softmax_focal", "\"alpha\":[1,1]", "alpha.shape = [2], expected [3], one a class"),
        named(
            "poly1", "\"epsilon\":\"1\"", "options.epsilon = \\\"1\\\", expected a finite number"),
        named("generalized_cross_entropy", "\"q\":0", "q = 0, expected"),
        named("generalized_cross_entropy", "\"q\":1.5", "q = 1.5, expected"),
        named("multi_margin", "\"p\":3", "p = 3, expected"),
        named("multi_margin", "\"p\":1.0", "options.p = 1.0, expected an integer"),
        named("crammer_singer", "\"margin\":-1", "margin = -1, expected"),
        named("sparsemax", "\"margin\":1", "options.margin is unknown"),
        hessian("\"softcap\":30", "want.hessian is not for softcap, z_loss or entropy"),
        hessian(
            "\"convention\":\"cat\"", "options.convention = \\\"cat\\\", expected one of exact"),
        hessian(
            "\"convention\":\"xgboost\",\"temperature\":2",
            "options.convention = \\\"xgboost\\\", expected exact under a temperature"),
        Arguments.of(
            GOOD.replace("cross_entropy", "nll")
                .replace("logits", "log_probabilities")
                .replace("[\"loss\"]", "[\"rows\"]"),
            "\"a\"",
            "want.rows is unknown"),
        option("\"ignore_index\":1.0", "options.ignore_index = 1.0, expected an integer"),
        option("\"ignore_index\":9999999999", "options.ignore_index = 9999999999, expected"),
        option("\"weight\":[1,2]", "weight.shape = [2], expected [3], one a class"),
        option("\"weight\":1", "weight.shape = [], expected [3], one a class"),
        change("[\"loss\"]", "[\"hess\"]", "want.hess is unknown, expected one of gradients"),
        change("[\"loss\"]", "\"loss\"", "want = \\\"loss\\\", expected a list of strings"),
        change("[2,3]", "[3,2]", "labels.shape = [2], expected [3], one a row"),
        change("[2,3]", "[2,4]", "logits.data.length = 6, expected the product of shape [2, 4]"),
        change("[2,3]", "[1000000000,1000000000]", "expected the product of shape [1000000000"),
        change("[2,3]", "[1000000000000]", "logits.shape[0] = 1000000000000, expected an integer"),
        change("[2,3]", "[-2,-3]", "logits.shape[0] = -2, expected at least 0"),
        change("[2,3]", "[2.0,3]", "logits.shape[0] = 2.0, expected an integer"),
        change("{\"shape\":[2,3],\"data\":[1,2,3,4,5,6]}", "1", "logits = 1, expected an object"),
        change("\"data\":[0,1]", "\"datum\":[0,1]", "labels.datum is unknown"),
        change(",\"data\":[0,1]", "", "labels.data is missing"),
        change("[0,1]", "[0,3]", "labels[1] = 3, expected 0 <= label < 3 or ignore_index -100"),
        change("[0,1]", "[0,1.0]", "labels[1] = 1.0, expected an integer"),
        change("[0,1]", "[0,\"NaN\"]", "labels[1] = \\\"NaN\\\", expected an integer"),
        change("[0,1]", "[0,12345678901234]", "labels[1] = 12345678901234, expected an integer"),
        change("5,6", "5,[6]", "logits[5] = [...], expected a number"),
        change("5,6", "5,true", "logits[5] = true, expected a number"),
        change("5,6", "5,\"inf\"", "logits[5] = \\\"inf\\\", expected a number"),
        change("5,6", "5,NaN", "a bare NaN or Infinity, expected the string"),
        change("5,6", "5,1e999", "logits[5] = 1e999, expected a number in the range of float32"),
        change("5,6", "5,1e39", "(use the string \\\"Infinity\\\")"),
        change("5,6", "5," + "9".repeat(2_000_000), "exceeds the maximum allowed"),
        change("5,6", "5," + "[".repeat(2_000_000), "malformed JSON: Document nesting depth"),
        change("\"options\":{}", "\"x\":" + "[".repeat(1_000_000), "nesting depth"),
        change("cross_entropy", "x".repeat(2_000_000), "malformed JSON: String"),
        Arguments.of("[".repeat(2_000_000), "null", "the line = [...]"));
  }

  private static final String POINTWISE =
      """
      {"id":"a","loss":"binary_cross_entropy_with_logits","dtype":"float32",\
      "inputs":{"logits":{"shape":[2,3],"data":[1,2,3,4,5,6]},\
      "targets":{"shape":[2,3],"data":[1,0,1,0,1,0]}},"options":{}}\
      """;

  @ParameterizedTest
  @MethodSource
  void namesWhatIsWrongWithElements(String line, String error) {
    namesWhatIsWrong(line, "\"a\"", error);
  }

  static Stream<Arguments> namesWhatIsWrongWithElements() {
    return Stream.of(
        element(
            "targets\":{\"shape\":[2,3]", "targets\":{\"shape\":[3,2]", "targets.shape = [3, 2]"),
        element("targets", "weights", "inputs.targets is missing"),
        element(
            "\"logits\"",
            "\"predictions\"",
            "inputs.predictions is unknown, expected one of logits"),
        input("weights", "[3]", "1,1,1", "weights.shape = [3], expected [2, 3], that of logits"),
        input("mask", "[2,3]", "1,1,1,1,1,2", "mask[5] = 2, expected 0 or 1"),
        input("mask", "[2,3]", "1,1,1,1,1,0.5", "mask[5] = 0.5, expected an integer"),
        input("pos_weight", "[2]", "1,1", "pos_weight.shape = [2], expected [2, 3], or its last"),
        input("pos_weight", "[]", "\"Infinity\"", "pos_weight[0] = Infinity, expected a finite"),
        input("pos_weight", "[]", "\"NaN\"", "pos_weight[0] = NaN, expected a finite"),
        input("variance", "[]", "1", "inputs.variance is unknown"),
        elementOption("\"label_smoothing\":2", "label_smoothing = 2, expected 0 <= label_smooth"),
        elementOption("\"label_smoothing\":true", "options.label_smoothing = true, expected a fin"),
        elementOption("\"delta\":1", "options.delta is unknown, expected one of convention"),
        elementOption("\"eps\":1", "options.eps is unknown"),
        elementOption("\"reduction\":\"batchmean\"", "options.reduction = \\\"batchmean\\\", exp"),
        elementOption("\"denominator\":-1", "denominator = -1, expected a finite number"),
        elementOption(
            "\"convention\":\"cat\"", "options.convention = \\\"cat\\\", expected one of"),
        element(
            "\"options\":{}",
            "\"options\":{},\"upstream\":{\"shape\":[1],\"data\":[1]}",
            "upstream.shape = [1], expected [], that of the loss"),
        Arguments.of(
            POINTWISE
                .replace("binary_cross_entropy_with_logits", "binary_cross_entropy")
                .replace("logits", "predictions")
                .replace("{}", "{\"eps\":0.1,\"epsilon\":0.1}"),
            "options.epsilon is given twice, under two names"),
        Arguments.of(
            POINTWISE
                .replace("binary_cross_entropy_with_logits", "hinge")
                .replace("logits", "predictions")
                .replace("{}", "{\"convention\":\"xgboost\"}"),
            "options.convention = \\\"xgboost\\\", expected exact for hinge"),
        Arguments.of(
            GOOD.replace("cross_entropy", "poly1").replace("[\"loss\"]", "[\"hessian\"]"),
            "want.hessian is unknown"));
  }

  private static Arguments element(String from, String to, String error) {
    assertTrue(POINTWISE.contains(from), from);
    return Arguments.of(POINTWISE.replace(from, to), error);
  }

  private static Arguments input(String name, String shape, String data, String error) {
    String input = "\"%s\":{\"shape\":%s,\"data\":[%s]}".formatted(name, shape, data);
    return element("\"inputs\":{", "\"inputs\":{" + input + ',', error);
  }

  private static Arguments elementOption(String option, String error) {
    return element("\"options\":{}", "\"options\":{" + option + '}', error);
  }

  private static Arguments change(String from, String to, String error) {
    assertTrue(GOOD.contains(from), from);
    return Arguments.of(GOOD.replace(from, to), "\"a\"", error);
  }

  private static Arguments option(String option, String error) {
    return change("\"options\":{}", "\"options\":{" + option + '}', error);
  }

  private static Arguments allowed(String shape, String data, String error) {
    String input = "\"allowed_classes\":{\"shape\":%s,\"data\":[%s]}".formatted(shape, data);
    return change("\"inputs\":{", "\"inputs\":{" + input + ',', error);
  }

  private static Arguments named(String loss, String option, String error) {
    String line = GOOD.replace("cross_entropy", loss);
    return Arguments.of(
        line.replace("\"options\":{}", "\"options\":{" + option + '}'), "\"a\"", error);
  }

  private static Arguments hessian(String option, String error) {
    String line = GOOD.replace("[\"loss\"]", "[\"hessian\"]");
    return Arguments.of(
        line.replace("\"options\":{}", "\"options\":{" + option + '}'), "\"a\"", error);
  }

  @Test
  void takesNumbersNextToZero() {
    String line = GOOD.replace("5,6", "-1e-999999999999999999999,0e99999999999");
    assertTrue(evaluate(Engine.KERNEL, line).startsWith("{\"id\":\"a\",\"loss\""));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] line = GOOD.replace("\"a\"", "\"?\"").getBytes(StandardCharsets.UTF_8);
    line[GOOD.indexOf("\"a\"") + 1] = (byte) 0xff;
    assertTrue(evaluate(Engine.KERNEL, line).contains("the line is not valid UTF-8"));
    byte[] overlong = {'"', (byte) 0xc0, (byte) 0xaf, '"'};
    assertTrue(evaluate(Engine.KERNEL, overlong).contains("the line is not valid UTF-8"));
    byte[] wide = GOOD.getBytes(StandardCharsets.UTF_16);
    assertTrue(evaluate(Engine.KERNEL, wide).contains("the line is not valid UTF-8"));
  }

  @Test
  void givesIdsBackAsTheyCame() {
    String line = GOOD.replace("\"a\"", "\"\\ud800 \\\" \u65e5 \\n\"");
    assertTrue(
        evaluate(Engine.KERNEL, line).startsWith("{\"id\":\"\\uD800 \\\" \\u65E5 \\n\",\"loss\""));
    line = GOOD.replace("\"a\"", "123456789012345678901234567890");
    assertTrue(
        evaluate(Engine.KERNEL, line)
            .startsWith("{\"id\":123456789012345678901234567890,\"loss\""));
  }

  @Test
  void readsLinesPiecewise() throws Exception {
    String text = "ab\r\n\n  \n" + "x".repeat(200_000) + "\ncd\n" + "y".repeat(100_000) + "\nef";
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    var lines = new LineReader(in, 150_000);
    assertArrayEquals("ab\r".getBytes(StandardCharsets.UTF_8), lines.next());
    assertSame(LineReader.TOO_LONG, lines.next());
    assertArrayEquals("cd".getBytes(StandardCharsets.UTF_8), lines.next());
    assertEquals(100_000, lines.next().length);
    assertArrayEquals("ef".getBytes(StandardCharsets.UTF_8), lines.next());
    assertNull(lines.next());
    assertEquals(
        "{\"id\":null,\"error\":\"the line is longer than 9 bytes\"}\n",
        new String(
            new Evaluator(Engine.KERNEL, 9).evaluate(LineReader.TOO_LONG), StandardCharsets.UTF_8));
  }

  private static String evaluate(Engine engine, String line) {
    return evaluate(engine, line.getBytes(StandardCharsets.UTF_8));
  }

  private static String evaluate(Engine engine, byte[] line) {
    byte[] result = new Evaluator(engine, 1 << 26).evaluate(line);
    return new String(result, StandardCharsets.UTF_8);
  }
}
