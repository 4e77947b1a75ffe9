package io.github.surprisal.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.surprisal.bench.conformance.protocol.Dtype;
import io.github.surprisal.bench.conformance.protocol.Result;
import io.github.surprisal.bench.conformance.protocol.ResultReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kernels keep their bounds under every option, and rows are laid out as PyTorch's. */
class EnginesAgreeTest {
  @Test
  void withinBoundsOverRandomCases() throws Exception {
    assertAgree(new RandomCases(1, 40).lines(200));
  }

  @Test
  void pointwiseWithinBoundsOverRandomCases() throws Exception {
    assertAgree(new RandomPointwiseCases(1).lines(Integer.getInteger("cases", 620)));
  }

  private static final java.util.function.Predicate<String> KNOWN =
      l -> {
        String n = l.replaceAll(".*\"loss\":\"([a-z0-9_]*)\".*", "$1");
        try {
          io.github.surprisal.bench.conformance.loss.Losses.named(n);
          return true;
        } catch (Exception e) {
          return false;
        }
      };

  private static void assertAgree(List<String> lines) throws Exception {
    var worst = new WorstErrors(Dtype.FLOAT32);
    for (String line : lines) {
      if (!KNOWN.test(line)) {
        continue;
      }
      Result truth = evaluate(Engine.REFERENCE, line);
      assertEquals(null, truth.error(), line);
      worst.judge(truth, evaluate(Engine.KERNEL, line));
    }
    var table = new StringWriter();
    worst.print(new PrintWriter(table, true));
    if (System.getProperty("cases") != null) System.out.println(table);
    assertFalse(worst.failed(), table::toString);
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
