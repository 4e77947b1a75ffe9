package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.reference.Real;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loss and gradient against the oracle, over lengths around the vector and block boundaries. */
class CrossEntropyOracleTest {
  private static final int[] CLASSES = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 63, 65, 100};

  static List<CrossEntropyCase> cases() {
    var cases = new ArrayList<CrossEntropyCase>();
    for (Regime regime : Regime.values()) {
      for (int classes : CLASSES) {
        int options = cases.size() % 16;
        cases.add(
            new CrossEntropyCase(cases.size(), regime, 1 + classes % 5, classes).with(options));
        int more = cases.size() * 37 % 1024;
        cases.add(new CrossEntropyCase(cases.size(), regime, 1 + classes % 3, classes).with(more));
      }
      cases.add(new CrossEntropyCase(7, regime, 70, 3));
      cases.add(new CrossEntropyCase(8, regime, 2, 2049).with(cases.size() % 16));
      cases.add(new CrossEntropyCase(9, regime, 2, 5000).with(cases.size() * 37 % 1024));
      cases.add(new CrossEntropyCase(10, regime, 2, 400).with(1));
    }
    cases.add(new CrossEntropyCase(9, Regime.NORMAL, 2, 200_000).with(1));
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothTypesAgree(CrossEntropyCase c) {
    var expected = c.expected();
    checkFloats(c, expected);
    checkDoubles(c, expected);
  }

  private static void checkFloats(CrossEntropyCase c, LossResult<?> expected) {
    float[] gradient = new float[c.rows * c.classes];
    double loss =
        c.loss()
            .lossAndGradient(
                c.batch(c.matrixF32(c.logits), c.matrixF32(c.probabilities)),
                Matrix.of(gradient, c.rows, c.classes));
    double[] widened = new double[gradient.length];
    for (int i = 0; i < gradient.length; i++) {
      widened[i] = gradient[i];
    }
    check(c, expected, loss, widened, Precision.FLOAT32);
  }

  private static void checkDoubles(CrossEntropyCase c, LossResult<?> expected) {
    double[] gradient = new double[c.rows * c.classes];
    double loss =
        c.loss()
            .lossAndGradient(
                c.batch(c.matrixF64(c.logits), c.matrixF64(c.probabilities)),
                Matrix.of(gradient, c.rows, c.classes));
    check(c, expected, loss, gradient, Precision.FLOAT64);
  }

  /** The loss is a double; where its type could not hold it, so is the oracle's. */
  private static double inRange(double loss, Precision precision) {
    return Math.abs(loss) > precision.max() ? loss * Double.POSITIVE_INFINITY : loss;
  }

  private static <R extends Real<R>> void check(
      CrossEntropyCase c,
      LossResult<R> expected,
      double loss,
      double[] gradient,
      Precision precision) {
    Bounds bounds = c.loss().bounds();
    double flushed = c.flushed(expected, precision);
    assertTrue(
        precision.ulps(inRange(loss, precision), expected.exactLoss(), expected.lossMagnitude())
            <= bounds.loss().of(c.classes),
        () -> "loss %s, expected %s".formatted(loss, expected.loss(precision)));
    double[] rounded = expected.gradient(precision);
    for (int i = 0; i < gradient.length; i++) {
      int at = i;
      double ulps = expected.gradientUlps(i, gradient[i], precision);
      assertTrue(
          ulps <= bounds.gradient().of(c.classes) || Math.abs(gradient[i] - rounded[i]) <= flushed,
          () ->
              "gradient[%d] = %s, expected %s, %.2f ulp of the largest term"
                  .formatted(at, gradient[at], rounded[at], ulps));
    }
  }
}
