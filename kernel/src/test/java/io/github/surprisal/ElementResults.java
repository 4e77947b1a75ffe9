package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import java.util.Arrays;

/** What a pointwise loss gives for one element. */
final class ElementResults {
  private ElementResults() {}

  /** Value, slope and curvature in one type. */
  static double[] results(Formula formula, double p, double t, boolean floats) {
    var elements =
        Elements.of(
            PointwiseCase.matrix(new double[] {p}, floats),
            PointwiseCase.matrix(new double[] {t}, floats));
    Matrix gradient = PointwiseCase.matrix(new double[1], floats);
    Matrix hessian = PointwiseCase.matrix(new double[1], floats);
    double value =
        PointwiseLoss.builder(formula).build().gradientAndHessian(elements, gradient, hessian);
    return floats
        ? new double[] {value, gradient.floats()[0], hessian.floats()[0]}
        : new double[] {value, gradient.doubles()[0], hessian.doubles()[0]};
  }

  /** Value, slope and curvature in both types, where given, to a few ulp. */
  static void assertGives(Formula formula, double p, double t, double... expected) {
    assertGives(false, 1e-14, formula, p, t, expected);
    assertGives(true, 3e-6, formula, p, t, expected);
  }

  static void assertGives(
      boolean floats, double margin, Formula formula, double p, double t, double... expected) {
    double[] actual = results(formula, p, t, floats);
    SpecialValues.assertNear(margin, expected, actual, "%s of %s, %s".formatted(formula, p, t));
  }

  static void assertNotNaN(Formula formula, double p, double t) {
    for (boolean floats : new boolean[] {false, true}) {
      double[] actual = results(formula, p, t, floats);
      assertTrue(
          Arrays.stream(actual).allMatch(Double::isFinite),
          () -> "%s of %s, %s: %s".formatted(formula, p, t, Arrays.toString(actual)));
    }
  }
}
