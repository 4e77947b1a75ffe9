package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import java.util.Arrays;

/** What tests of the special values of pointwise losses say. */
final class SpecialValues {
  static final double INF = Double.POSITIVE_INFINITY;
  static final double NAN = Double.NaN;

  /** Large, but finite in both types. */
  static final double HUGE = 8e37;

  private SpecialValues() {}

  /** Value, slope, curvature and, with a parameter, its slope, in one type. */
  static double[] results(boolean floats, Formula formula, double... data) {
    var elements = Elements.of(matrix(floats, data[0]), matrix(floats, data[1]));
    boolean hasParameter = formula.parameterName() != null;
    elements = hasParameter ? elements.parameter(matrix(floats, data[2])) : elements;
    // Not the sum: one that overflows in floats is done again in double.
    Matrix losses = matrix(floats, 0);
    elements = floats ? elements.losses(losses.floats()) : elements.losses(losses.doubles());
    Matrix gradient = matrix(floats, 0);
    Matrix hessian = matrix(floats, 0);
    Matrix further = matrix(floats, 0);
    PointwiseLoss.builder(formula).build().gradientAndHessian(elements, gradient, hessian);
    if (hasParameter) {
      PointwiseLoss.builder(formula).build().lossAndGradients(elements, gradient, further);
    }
    return new double[] {get(losses), get(gradient), get(hessian), get(further)};
  }

  private static Matrix matrix(boolean floats, double value) {
    return PointwiseCase.matrix(new double[] {value}, floats);
  }

  private static double get(Matrix matrix) {
    return matrix.floats() != null ? matrix.floats()[0] : matrix.doubles()[0];
  }

  /** Prediction, target and parameter. */
  static double[] at(double... data) {
    return data;
  }

  /** What is given of value, slope, curvature and slope by the parameter, in both types. */
  static void assertGives(Formula formula, double[] data, double... expected) {
    assertGives(false, 1e-14, formula, data, expected);
    assertGives(true, 3e-6, formula, data, expected);
  }

  static void assertGives(
      boolean floats, double margin, Formula formula, double[] data, double... expected) {
    double[] actual = results(floats, formula, data);
    assertNear(margin, expected, actual, "%s of %s".formatted(formula, Arrays.toString(data)));
  }

  /** Each number that is expected, within a relative margin, and whatever the sign of a 0. */
  static void assertNear(double margin, double[] expected, double[] actual, String what) {
    for (int i = 0; i < expected.length; i++) {
      double within = Double.isFinite(expected[i]) ? margin * Math.abs(expected[i]) : 0;
      String message = what + ": " + Arrays.toString(actual);
      assertEquals(expected[i] + 0.0, actual[i] + 0.0, within, message);
    }
  }

  static void assertUndefined(Formula formula, double... data) {
    assertGives(formula, data, NAN, NAN, NAN, formula.parameterName() == null ? 0 : NAN);
  }
}
