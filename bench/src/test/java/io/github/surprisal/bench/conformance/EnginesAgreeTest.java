package io.github.surprisal.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.bench.conformance.protocol.Dtype;
import io.github.surprisal.bench.conformance.protocol.Result;
import io.github.surprisal.bench.conformance.protocol.ResultReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The kernels keep their bounds under every option, and rows are laid out as PyTorch's. */
@Order(2) // takes long
class EnginesAgreeTest {
  @Test
  void withinBoundsOverRandomCases() throws Exception {
    assertAgree(new RandomCases(1, 40).lines(400));
  }

  @Test
  void pointwiseWithinBoundsOverRandomCases() throws Exception {
    assertAgree(new RandomPointwiseCases(1).lines(620));
  }

  @Test
  void distillationWithinBoundsOverRandomCases() throws Exception {
    var cases = new RandomCases(2, 40);
    for (String loss : RandomTeacher.LOSSES) {
      assertAgree(IntStream.range(0, 60).mapToObj(i -> cases.line("case-" + i, loss)).toList());
    }
  }

  @Test
  void functionsOfRowsWithinBoundsOverRandomCases() throws Exception {
    var cases = new RandomCases(3, 40);
    for (String name : List.of("softmax", "log_softmax", "logsumexp", "logcumsumexp")) {
      assertAgree(
          IntStream.range(0, 60).mapToObj(i -> cases.functionLine("case-" + i, name)).toList());
    }
  }

  /**
   * Log-probabilities above 0, such as logits where none belong: the exponential of 30 and more.
   */
  @Test
  void perplexityOfNegativeLikelihoodsWithinBounds() throws Exception {
    String line =
        """
        {"id":%d,"loss":"nll","dtype":"float64","want":["sum"],"inputs":{"labels":{"shape":[3],\
        "data":[0,0,0]},"log_probabilities":{"shape":[3,1],"data":[%s,%s,%s]}}}\
        """;
    assertAgree(
        IntStream.range(0, 20)
            .mapToObj(i -> line.formatted(i, 30 + i * 0.37, 31.7 + i * 0.37, 33.4 + i * 0.37))
            .toList());
  }

  /** The ends of beta, one temperature for both, and Hinton's factor, on P = (3/4, 1/4). */
  @Test
  void distillationIsThatOfLigerAndTrl() throws Exception {
    String x = "[0,0]";
    String t = "[" + Math.log(3) + ",0]";
    double forward = 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5);
    double reverse = 0.5 * Math.log(0.5 / 0.75) + 0.5 * Math.log(2);
    assertEquals(forward, distilled("distillation_kl", x, t, ""), 1e-15);
    assertEquals(forward, distilled("distillation_js", x, t, "\"beta\":0"), 1e-15);
    assertEquals(reverse, distilled("distillation_reverse_kl", x, t, ""), 1e-15);
    assertEquals(reverse, distilled("distillation_js", x, t, "\"beta\":1"), 1e-15);
    assertEquals(0.25, distilled("total_variation", x, t, ""), 1e-15);
    String twice = "[" + 2 * Math.log(3) + ",0]";
    String squared = "\"temperature\":2,\"temperature_squared\":true";
    assertEquals(4 * forward, distilled("distillation_kl", x, twice, squared), 1e-15);
  }

  private static double distilled(String loss, String logits, String teacher, String options)
      throws Exception {
    String line =
        """
        {"id":1,"loss":"%s","dtype":"float64","options":{%s},\
        "inputs":{"logits":{"shape":[2],"data":%s},"teacher_logits":{"shape":[2],"data":%s}}}\
        """;
    var result = evaluate(Engine.KERNEL, line.formatted(loss, options, logits, teacher));
    return result.outcome().loss().data()[0];
  }

  private static void assertAgree(List<String> lines) throws Exception {
    var worst = new WorstErrors(Dtype.FLOAT32);
    for (String line : lines) {
      Result truth = evaluate(Engine.REFERENCE, line);
      assertEquals(null, truth.error(), line);
      worst.judge(truth, evaluate(Engine.KERNEL, line));
    }
    var table = new StringWriter();
    worst.print(new PrintWriter(table, true));
    assertFalse(worst.failed(), table::toString);
  }

  /** A convention that a loss does not have is an error by both. */
  @Test
  void conventionsAreOfTheSameLosses() throws Exception {
    String line =
        """
        {"id":1,"loss":"%s","dtype":"float32","want":["hessian"],"options":{"convention":"%s"},\
        "inputs":{"%s":{"shape":[],"data":[0.5]},"targets":{"shape":[],"data":[1]}%s}}\
        """;
    for (String loss : RandomPointwiseCases.losses().toList()) {
      String third =
          loss.equals("gaussian_nll") ? "variance" : loss.equals("laplace_nll") ? "scale" : null;
      String input = third == null ? "" : ",\"" + third + "\":{\"shape\":[],\"data\":[2]}";
      for (String convention : List.of("exact", "xgboost", "xgboost_3_5", "lightgbm")) {
        String predictions = RandomPointwiseCases.predictions(loss);
        String filled = line.formatted(loss, convention, predictions, input);
        String truth = evaluate(Engine.REFERENCE, filled).error();
        String error = evaluate(Engine.KERNEL, filled).error();
        assertEquals(truth == null, error == null, filled);
        assertTrue(error == null || error.startsWith("options.convention = "), error);
      }
    }
  }

  @Test
  void classesAreAxisOne() throws Exception {
    double[][][] x = {{{1, 2}, {3, -1}, {0, 5}}, {{-4, 0}, {2, 2}, {1, 7}}};
    int[][] labels = {{2, 0}, {1, 1}};
    var all = kernel("[2,3,2]", "1,2,3,-1,0,5,-4,0,2,2,1,7", "[2,2]", "2,0,1,1");
    for (int n = 0; n < 2; n++) {
      for (int d = 0; d < 2; d++) {
        double[] row = {x[n][0][d], x[n][1][d], x[n][2][d]};
        String data = row[0] + "," + row[1] + "," + row[2];
        var one = kernel("[3]", data, "[]", "" + labels[n][d]);
        assertEquals(one.outcome().loss().data()[0], all.outcome().loss().data()[n * 2 + d]);
        for (int c = 0; c < 3; c++) {
          assertEquals(
              one.outcome().gradients().get("logits").data()[c],
              all.outcome().gradients().get("logits").data()[(n * 3 + c) * 2 + d]);
        }
      }
    }
  }

  @Test
  void noRowsAreAMeanOverNothing() throws Exception {
    var result = kernel("[0,3,1000000000]", "", "[0,1000000000]", "");
    assertEquals(0, result.outcome().loss().data().length);
  }

  private static Result kernel(String shape, String data, String rowShape, String labels)
      throws Exception {
    return evaluate(
        Engine.KERNEL,
        """
        {"id":1,"loss":"cross_entropy","dtype":"float64","options":{"reduction":"none"},
         "inputs":{"logits":{"shape":%s,"data":[%s]},"labels":{"shape":%s,"data":[%s]}}}\
        """
            .formatted(shape, data, rowShape, labels));
  }

  private static Result evaluate(Engine engine, String line) throws Exception {
    byte[] result = new Evaluator(engine, 1 << 26).evaluate(line.getBytes(StandardCharsets.UTF_8));
    return ResultReader.read(result);
  }
}
