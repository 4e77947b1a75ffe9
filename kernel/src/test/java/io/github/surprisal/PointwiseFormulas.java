package io.github.surprisal;

import io.github.surprisal.PointwiseCase.Numbers;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.SquaredError;
import io.github.surprisal.reference.BinaryLosses;
import io.github.surprisal.reference.PointwiseFormula;
import io.github.surprisal.reference.RegressionLosses;
import io.github.surprisal.reference.RobustLosses;
import java.util.List;
import java.util.stream.Stream;

/** Every pointwise loss, with its oracle and what it is given. */
final class PointwiseFormulas {
  /**
   * One loss with options.
   *
   * @param formula the kernel's
   * @param oracle the oracle's
   * @param predictions what predictions are drawn from
   * @param targets what targets are drawn from
   * @param parameters what the parameter is drawn from, or null
   */
  record Entry(
      Formula formula,
      PointwiseFormula oracle,
      Numbers predictions,
      Numbers targets,
      Numbers parameters) {
    Entry(Formula formula, PointwiseFormula oracle, Numbers predictions, Numbers targets) {
      this(formula, oracle, predictions, targets, null);
    }

    @Override
    public String toString() {
      return formula.toString();
    }
  }

  private static final List<Entry> CORE =
      List.of(
          new Entry(new SquaredError(), new RegressionLosses.Mse(), Numbers.REAL, Numbers.REAL),
          new Entry(new Huber(), new RobustLosses.Huber(1), Numbers.REAL, Numbers.REAL),
          new Entry(new Huber(1.5), new RobustLosses.Huber(1.5), Numbers.REAL, Numbers.REAL),
          new Entry(
              new BinaryCrossEntropyWithLogits(),
              new BinaryLosses.BinaryCrossEntropyWithLogits(1, 0),
              Numbers.REAL,
              Numbers.BINARY),
          new Entry(
              new BinaryCrossEntropyWithLogits(1, 1e-6),
              new BinaryLosses.BinaryCrossEntropyWithLogits(1, 1e-6),
              Numbers.REAL,
              Numbers.BINARY),
          new Entry(
              new BinaryCrossEntropyWithLogits(3.5, 0.125),
              new BinaryLosses.BinaryCrossEntropyWithLogits(3.5, 0.125),
              Numbers.REAL,
              Numbers.UNIT));

  static final List<Entry> ALL =
      Stream.of(CORE, RegressionFormulas.ALL, BinaryFormulas.ALL, LikelihoodFormulas.ALL)
          .flatMap(List::stream)
          .toList();

  private PointwiseFormulas() {}
}
