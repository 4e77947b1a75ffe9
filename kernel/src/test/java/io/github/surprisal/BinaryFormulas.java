package io.github.surprisal;

import io.github.surprisal.PointwiseCase.Numbers;
import io.github.surprisal.PointwiseFormulas.Entry;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.AsymmetricFocal;
import io.github.surprisal.pointwise.BinaryCrossEntropy;
import io.github.surprisal.pointwise.Hinge;
import io.github.surprisal.pointwise.Perceptron;
import io.github.surprisal.pointwise.SigmoidFocal;
import io.github.surprisal.pointwise.SoftMargin;
import io.github.surprisal.pointwise.SquaredHinge;
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
          focal(2, 0.25, Numbers.BINARY),
          focal(2, 0.25, Numbers.UNIT),
          focal(0, -1, Numbers.UNIT),
          focal(0.5, -1, Numbers.BINARY),
          focal(0.5, 0.75, Numbers.UNIT),
          focal(1, 0.5, Numbers.UNIT),
          focal(2.3, -1, Numbers.UNIT),
          focal(5, -1, Numbers.BINARY),
          asymmetric(1, 4, 0.05, Numbers.BINARY),
          asymmetric(1, 4, 0.05, Numbers.UNIT),
          asymmetric(0, 0, 0, Numbers.UNIT),
          asymmetric(0.5, 2, 0.3, Numbers.BINARY),
          asymmetric(2, 1, 0, Numbers.UNIT),
          asymmetric(2.5, 3.3, 0.75, Numbers.UNIT),
          margin(new SoftMargin(), new MarginLosses.SoftMargin()),
          margin(new Hinge(), new MarginLosses.Hinge(1)),
          margin(new Hinge(0.3), new MarginLosses.Hinge(0.3)),
          margin(new SquaredHinge(), new MarginLosses.SquaredHinge(1)),
          margin(new SquaredHinge(0), new MarginLosses.SquaredHinge(0)),
          margin(new Perceptron(), new MarginLosses.Hinge(0)));

  private BinaryFormulas() {}

  private static Entry probability(double epsilon, Numbers targets) {
    return new Entry(
        new BinaryCrossEntropy(epsilon),
        new BinaryLosses.BinaryCrossEntropy(epsilon),
        Numbers.UNIT,
        targets,
        null);
  }

  private static Entry focal(double gamma, double alpha, Numbers targets) {
    return new Entry(
        new SigmoidFocal(gamma, alpha),
        new BinaryLosses.SigmoidFocal(gamma, alpha),
        Numbers.REAL,
        targets);
  }

  private static Entry asymmetric(
      double gammaPositive, double gammaNegative, double margin, Numbers targets) {
    return new Entry(
        new AsymmetricFocal(gammaPositive, gammaNegative, margin),
        new BinaryLosses.AsymmetricFocal(gammaPositive, gammaNegative, margin),
        Numbers.REAL,
        targets);
  }

  private static Entry margin(Formula formula, PointwiseFormula oracle) {
    return new Entry(formula, oracle, Numbers.REAL, Numbers.SIGN);
  }
}
