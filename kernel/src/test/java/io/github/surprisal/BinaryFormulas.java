package io.github.surprisal;

import io.github.surprisal.PointwiseCase.Numbers;
import io.github.surprisal.PointwiseFormulas.Entry;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.reference.BinaryLosses;
import io.github.surprisal.reference.MarginLosses;
import io.github.surprisal.reference.PointwiseFormula;
import java.util.List;

/** The losses of a binary target. */
final class BinaryFormulas {
  static final List<Entry> ALL =
      List.of(
          probability(0, Numbers.BINARY),
          probability(0, Numbers.UNIT),
          probability(1e-7, Numbers.UNIT),
          probability(0.125, Numbers.BINARY),
          margin(new SoftMargin(), new MarginLosses.SoftMargin(), 3, 4, 4),
          margin(new Hinge(), new MarginLosses.Hinge(1), 1, 1, 1),
          margin(new Hinge(0.3), new MarginLosses.Hinge(0.3), 1, 1, 1),
          margin(new SquaredHinge(), new MarginLosses.SquaredHinge(1), 3, 2, 1),
          margin(new SquaredHinge(0), new MarginLosses.SquaredHinge(0), 3, 2, 1),
          margin(new Perceptron(), new MarginLosses.Hinge(0), 1, 1, 1));

  private BinaryFormulas() {}

  private static Entry probability(double epsilon, Numbers targets) {
    return new Entry(
        new BinaryCrossEntropy(epsilon),
        type -> new BinaryLosses.BinaryCrossEntropy(epsilon, type),
        Numbers.UNIT,
        targets,
        null,
        4,
        4,
        6);
  }

  private static Entry margin(
      Formula formula, PointwiseFormula oracle, double value, double slope, double curvature) {
    return new Entry(formula, oracle, Numbers.REAL, Numbers.SIGN, value, slope, curvature);
  }
}
