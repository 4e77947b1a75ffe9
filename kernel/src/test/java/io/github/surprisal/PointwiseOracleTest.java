package io.github.surprisal;

import static io.github.surprisal.reference.Precision.FLOAT32;
import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.PointwiseCase.Regime;
import io.github.surprisal.reference.PointwiseResult;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.reference.Real;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Losses, slopes and curvatures of every pointwise loss against the oracle, over lengths around the
 * vector and block boundaries.
 */
class PointwiseOracleTest {
  static List<PointwiseCase> cases() {
    var cases = new ArrayList<PointwiseCase>();
    int n = 0;
    for (var entry : PointwiseFormulas.ALL) {
      for (Regime regime : Regime.values()) {
        // Coprime to 71, so that every length up to 70 comes up.
        n = (n + 26) % 71;
        cases.add(new PointwiseCase(entry, regime, n, cases.size()));
        cases.add(new PointwiseCase(entry, regime, 70 - n, cases.size()).weighted());
      }
      int nearBlock = 2047 + cases.size() % 4;
      cases.add(new PointwiseCase(entry, Regime.NORMAL, nearBlock, cases.size()));
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void floatsAgree(PointwiseCase c) {
    check(c, c.expected(FLOAT32), FLOAT32);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doublesAgree(PointwiseCase c) {
    check(c, c.expected(FLOAT64), FLOAT64);
  }

  private static <R extends Real<R>> void check(
      PointwiseCase c, PointwiseResult<R> expected, Precision type) {
    boolean floats = type == FLOAT32;
    // The weight and the upstream factor are rounded, and so is each product.
    double weighing = c.weights == null ? 1 : 2.5;
    var elements = c.elements(floats);
    Matrix losses = output(c, floats);
    Matrix gradient = output(c, floats);
    Matrix further = output(c, floats);
    elements = floats ? elements.losses(losses.floats()) : elements.losses(losses.doubles());
    double loss =
        c.parameter == null
            ? c.loss().lossAndGradient(elements, gradient)
            : c.loss().lossAndGradients(elements, gradient, further);
    for (int i = 0; i < c.length; i++) {
      double ulps = expected.lossUlps(i, get(losses, i), type);
      check(
          c,
          "loss",
          i,
          get(losses, i),
          expected.losses(type)[i],
          ulps,
          c.entry.value() + weighing,
          type);
      ulps = expected.gradientUlps(i, get(gradient, i), type);
      check(
          c,
          "gradient",
          i,
          get(gradient, i),
          expected.gradient(type)[i],
          ulps,
          c.entry.slope() + weighing,
          type);
      if (c.parameter != null) {
        ulps = expected.extraGradientUlps(i, get(further, i), type);
        check(
            c,
            "parameterGradient",
            i,
            get(further, i),
            expected.extraGradient(type)[i],
            ulps,
            c.entry.slope() + weighing,
            type);
      }
    }
    c.loss().gradientAndHessian(c.elements(floats), gradient, further);
    for (int i = 0; i < c.length; i++) {
      double ulps = expected.hessianUlps(i, get(further, i), type);
      check(
          c,
          "hessian",
          i,
          get(further, i),
          expected.hessian(type)[i],
          ulps,
          c.entry.curvature() + weighing,
          type);
    }
  }

  private static void check(
      PointwiseCase c,
      String output,
      int i,
      double actual,
      double expected,
      double ulps,
      double bound,
      Precision type) {
    // What is flushed below the normal range, times weights and factors of at most 32.
    double flushed = 32 * (type == FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL);
    // What overflows before factors of at least 2^-12 make it smaller.
    boolean overflowed =
        Double.isInfinite(actual) && expected * Math.signum(actual) > 0x1p-12 * type.max();
    boolean allowed = overflowed || Math.abs(actual - expected) <= flushed;
    assertTrue(
        ulps <= bound || allowed,
        () ->
            "%s[%d] = %s, expected %s, %.2f ulp of the largest term; prediction %s, target %s, parameter %s"
                .formatted(
                    output,
                    i,
                    actual,
                    expected,
                    ulps,
                    c.predictions[i],
                    c.targets[i],
                    c.parameter == null ? "none" : c.parameter[i]));
  }

  private static Matrix output(PointwiseCase c, boolean floats) {
    return PointwiseCase.matrix(new double[c.length], floats);
  }

  private static double get(Matrix matrix, int i) {
    return matrix.floats() != null ? matrix.floats()[i] : matrix.doubles()[i];
  }
}
