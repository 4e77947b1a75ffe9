package io.github.surprisal.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.surprisal.bench.conformance.protocol.Result;
import io.github.surprisal.bench.conformance.protocol.ResultReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A case whose results were printed somewhere, to so many digits.
 *
 * @param loss the loss
 * @param input name of the first input
 * @param predictions its values
 * @param targets the targets
 * @param options the options
 * @param tolerance half a unit of the last digit printed
 * @param losses what is expected of each element, or of all
 * @param gradients what is expected, or null
 */
record PublishedFigure(
    String loss,
    String input,
    double[] predictions,
    double[] targets,
    String options,
    double tolerance,
    double[] losses,
    double[] gradients) {
  private static final String NONE = "\"reduction\":\"none\"";

  static final List<PublishedFigure> ALL =
      List.of(
          new PublishedFigure(
              "binary_cross_entropy",
              "predictions",
              numbers(0.99, 0.90, 0.50, 0.10, 0.01),
              numbers(1, 1, 1, 1, 1),
              NONE,
              0.005,
              numbers(0.01, 0.11, 0.69, 2.30, 4.61),
              null),
          new PublishedFigure(
              "binary_cross_entropy",
              "predictions",
              numbers(0.01, 0.10, 0.50, 0.90, 0.99),
              numbers(0, 0, 0, 0, 0),
              NONE,
              0.005,
              numbers(0.01, 0.11, 0.69, 2.30, 4.61),
              null),
          new PublishedFigure(
              "binary_cross_entropy",
              "predictions",
              numbers(0.01),
              numbers(1),
              "",
              0.005,
              numbers(4.61),
              numbers(-100)),
          new PublishedFigure(
              "mse",
              "predictions",
              numbers(0.01),
              numbers(1),
              "",
              0.00005,
              numbers(0.9801),
              numbers(-1.98)),
          new PublishedFigure(
              "mse",
              "predictions",
              numbers(2.5, 5.2, 6.8),
              numbers(3, 5, 7),
              "",
              0.005,
              numbers(0.11),
              null),
          // e^0 and Stirling's formula for log 2!, as PyTorch adds it.
          new PublishedFigure(
              "poisson_nll",
              "predictions",
              numbers(0),
              numbers(2),
              "\"full\":true",
              0.00005,
              numbers(1.6518),
              numbers(-1)),
          // d^2 / 2, which d + log(1 + e^-2d) - log 2 in float32 has as 0.
          new PublishedFigure(
              "log_cosh",
              "predictions",
              numbers(1e-4),
              numbers(0),
              "",
              5e-11,
              numbers(5e-9),
              numbers(1e-4)),
          // log(1 + e^-20), which log(1 + e^-x) in float32 has as 0.
          new PublishedFigure(
              "soft_margin",
              "predictions",
              numbers(20, -100),
              numbers(1, 1),
              NONE,
              5e-12,
              numbers(2.06e-9, 100),
              null));

  private static double[] numbers(double... numbers) {
    return numbers;
  }

  String line() {
    String tensor = "\"%s\":{\"shape\":[%d],\"data\":%s}";
    String first = tensor.formatted(input, predictions.length, Arrays.toString(predictions));
    String second = tensor.formatted("targets", targets.length, Arrays.toString(targets));
    return "{\"id\":\"%s\",\"loss\":\"%s\",\"dtype\":\"float64\",\"inputs\":{%s,%s},\"options\":{%s}}"
        .formatted(loss, loss, first, second, options);
  }

  void check(String line) throws Exception {
    Result result = ResultReader.read(line.getBytes(StandardCharsets.UTF_8));
    assertNull(result.error());
    check(losses, result.outcome().loss().data(), line);
    check(gradients, result.outcome().gradients().get(input).data(), line);
  }

  private void check(double[] expected, double[] actual, String line) {
    for (int i = 0; expected != null && i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance, line);
    }
  }
}
