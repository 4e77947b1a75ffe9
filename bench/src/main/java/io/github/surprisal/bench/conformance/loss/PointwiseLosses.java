package io.github.surprisal.bench.conformance.loss;

import io.github.surprisal.BinaryCrossEntropyWithLogits;
import io.github.surprisal.Huber;
import io.github.surprisal.SquaredError;
import io.github.surprisal.bench.conformance.loss.PointwiseCaseLoss.Parameter;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.reference.BinaryLosses;
import io.github.surprisal.reference.PointwiseFormula;
import io.github.surprisal.reference.RegressionLosses;
import io.github.surprisal.reference.RobustLosses;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The losses of a prediction and a target, with the bounds that their Javadoc states. */
final class PointwiseLosses {
  static final List<Loss> ALL =
      List.of(
          new PointwiseCaseLoss(
              "binary_cross_entropy_with_logits",
              "logits",
              Parameter.POSITIVE_WEIGHT,
              Map.of("label_smoothing", 0.0),
              Weighing.REDUCTIONS,
              c -> new BinaryCrossEntropyWithLogits(c.parameter, c.number("label_smoothing")),
              c -> new BinaryLosses.BinaryCrossEntropyWithLogits(1, c.number("label_smoothing")),
              Bounds.ofElements(4, 4, 4)),
          regression(
              "mse",
              Map.of(),
              c -> new SquaredError(),
              c -> new RegressionLosses.Mse(),
              Bounds.ofElements(2, 1, 1)),
          regression(
              "huber",
              Map.of("delta", 1.0),
              c -> new Huber(c.number("delta")),
              c -> new RobustLosses.Huber(c.number("delta")),
              Bounds.ofElements(3, 1, 1)));

  private PointwiseLosses() {}

  private static PointwiseCaseLoss regression(
      String name,
      Map<String, Object> options,
      Function<PointwiseCase, Formula> kernel,
      Function<PointwiseCase, PointwiseFormula> oracle,
      Bounds bounds) {
    return new PointwiseCaseLoss(
        name, "predictions", Parameter.NONE, options, Weighing.REDUCTIONS, kernel, oracle, bounds);
  }
}
