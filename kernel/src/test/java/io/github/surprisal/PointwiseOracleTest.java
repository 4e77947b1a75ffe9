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
        var c = new PointwiseCase(entry, regime, n, cases.size());
        cases.add(n % 2 == 0 ? c : c.weighted());
      }
      int nearBlock = 2047 + cases.size() % 4;
      cases.add(new PointwiseCase(entry, Regime.NORMAL, nearBlock, cases.size()));
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothTypesAgree(PointwiseCase c) {
    check(c, c.expected(FLOAT32), FLOAT32);
    check(c, c.expected(FLOAT64), FLOAT64);
  }

  static <R extends Real<R>> void check(
      PointwiseCase c, PointwiseResult<R> expected, Precision type) {
    boolean floats = type == FLOAT32;
    Bounds own = c.entry.formula().bounds();
    Bounds bounds = c.weights == null ? own : own.weighed(floats);
    var elements = c.elements(floats);
    Matrix losses = output(c, floats);
    Matrix gradient = output(c, floats);
    Matrix further = output(c, floats);
    elements = floats ? elements.losses(losses.floats()) : elements.losses(losses.doubles());
    double loss =
        c.parameter == null
            ? c.loss().lossAndGradient(elements, gradient)
            : c.loss().lossAndGradients(elements, gradient, further);
    check(c, type, "loss", losses, expected.losses(type), expected::lossUlps, bounds.loss());
    var slopes = expected.gradient(type);
    check(c, type, "gradient", gradient, slopes, expected::gradientUlps, bounds.gradient());
    if (c.parameter != null) {
      slopes = expected.extraGradient(type);
      check(
          c,
          type,
          "parameterGradient",
          further,
          slopes,
          expected::extraGradientUlps,
          bounds.gradient());
    }
    // The loss is a double, and may be beyond the range of floats.
    double ulps = FLOAT64.ulps(loss, expected.exactLoss(), expected.lossMagnitude());
    double ulpsOfType = floats ? ulps * 0x1p-29 : ulps;
    assertTrue(
        ulpsOfType <= own.reduced(c.length)
            || Math.abs(loss) <= flushed(type)
            || Double.isNaN(loss) && overflowsEitherWay(expected.losses(FLOAT64)),
        () -> "loss %s, expected %s".formatted(loss, expected.loss(type)));
    c.loss().gradientAndHessian(c.elements(floats), gradient, further);
    check(
        c,
        type,
        "hessian",
        further,
        expected.hessian(type),
        expected::hessianUlps,
        bounds.hessian());
  }

  /** Whether losses beyond the range of double have either sign, so that their sum is NaN. */
  private static boolean overflowsEitherWay(double[] losses) {
    double sum = 0;
    for (double loss : losses) {
      sum += Double.isInfinite(loss) ? loss : 0;
    }
    return Double.isNaN(sum);
  }

  /** The error of an output, in ulps of the largest term of its formula. */
  private interface Ulps {
    double of(int i, double actual, Precision type);
  }

  private static void check(
      PointwiseCase c,
      Precision type,
      String output,
      Matrix actual,
      double[] expected,
      Ulps error,
      Bounds.Bound bound) {
    for (int i = 0; i < c.length; i++) {
      int at = i;
      double y = get(actual, i);
      double ulps = error.of(i, y, type);
      assertTrue(
          ulps <= bound.ulps()
              || Math.abs(y - expected[i]) <= flushed(type)
              || overflowed(y, expected[i], type),
          () ->
              "%s[%d] = %s, expected %s, %.2f ulp of the largest term; p %s, t %s, parameter %s"
                  .formatted(
                      output,
                      at,
                      y,
                      expected[at],
                      ulps,
                      c.predictions[at],
                      c.targets[at],
                      c.parameter == null ? "none" : c.parameter[at]));
    }
  }

  /** What overflows before a factor of at least 2^-12 makes it smaller. */
  private static boolean overflowed(double actual, double expected, Precision type) {
    return Double.isInfinite(actual) && expected * Math.signum(actual) > 0x1p-12 * type.max();
  }

  /** What is flushed below the normal range, times weights and factors of at most 32. */
  private static double flushed(Precision type) {
    return 32 * (type == FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL);
  }

  private static Matrix output(PointwiseCase c, boolean floats) {
    return PointwiseCase.matrix(new double[c.length], floats);
  }

  private static double get(Matrix matrix, int i) {
    return matrix.floats() != null ? matrix.floats()[i] : matrix.doubles()[i];
  }
}
