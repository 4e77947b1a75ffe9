package io.github.surprisal.bench.conformance.loss;

import static io.github.surprisal.bench.conformance.loss.Bounds.ofElements;

import io.github.surprisal.Huber;
import io.github.surprisal.SquaredError;
import io.github.surprisal.reference.RegressionLosses;
import io.github.surprisal.reference.RobustLosses;
import java.util.List;
import java.util.Map;

/** The losses of a number, with the bounds that their Javadoc states. */
final class RegressionTable {
  static final List<Loss> ALL =
      List.of(
          new PointwiseCaseLoss(
              "mse",
              Map.of(),
              c -> new SquaredError(),
              c -> new RegressionLosses.Mse(),
              ofElements(2, 1, 1)),
          new PointwiseCaseLoss(
              "huber",
              Map.of("delta", 1.0),
              c -> new Huber(c.number("delta")),
              c -> new RobustLosses.Huber(c.number("delta")),
              ofElements(3, 1, 1)));

  private RegressionTable() {}
}
