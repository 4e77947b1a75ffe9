package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.DistillationCase.Regime;
import io.github.surprisal.reference.Divergence;
import io.github.surprisal.reference.LossResult;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.reference.Real;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loss and gradient against the oracle, over lengths around the vector and block boundaries. */
class DistillationOracleTest {
  private static final int[] CLASSES = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 63, 65, 70};
  private static final int[] MANY = {2047, 2048, 2049, 5000};

  static List<DistillationCase> cases() {
    var cases = new ArrayList<DistillationCase>();
    for (Divergence divergence : DistillationCase.DIVERGENCES) {
      for (Regime regime : Regime.values()) {
        for (int i = cases.size() % 2; i < CLASSES.length; i += 2) {
          int seed = cases.size();
          int options = seed % 4 == 0 ? 0 : seed * 37 % 64;
          int rows = 1 + seed % 4;
          cases.add(new DistillationCase(seed, divergence, regime, rows, CLASSES[i]).with(options));
        }
        int options = cases.size() * 37 % 64;
        int many = MANY[cases.size() / 10 % 4];
        cases.add(new DistillationCase(8, divergence, regime, 1, many).with(options));
        cases.add(new DistillationCase(7, divergence, regime, 70, 3).with(options & 7));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothTypesAgree(DistillationCase c) {
    var expected = c.expected();
    int n = c.rows * c.classes;
    float[] floats = new float[n];
    double[] gradient = new double[n];
    double[] losses = new double[c.rows];
    c.loss().lossAndGradient(c.batch(true).losses(losses), Matrix.of(floats, c.rows, c.classes));
    for (int i = 0; i < n; i++) {
      gradient[i] = floats[i];
    }
    check(c, expected, losses, gradient, Precision.FLOAT32);
    c.loss().lossAndGradient(c.batch(false).losses(losses), Matrix.of(gradient, c.rows, c.classes));
    check(c, expected, losses, gradient, Precision.FLOAT64);
  }

  private static <R extends Real<R>> void check(
      DistillationCase c,
      LossResult<R> expected,
      double[] losses,
      double[] gradient,
      Precision precision) {
    double[] exactLosses = expected.losses(Precision.FLOAT64);
    double[] exact = expected.gradient(precision);
    for (int row = 0; row < c.rows; row++) {
      if (c.labels[row] == -100 || (c.mask != null && !c.mask[row])) {
        assertTrue(losses[row] == 0, "masked");
        continue;
      }
      var scale = new DistillationScale(c, row, precision);
      int at = row;
      double error = Math.abs(losses[row] - exactLosses[row]);
      assertTrue(
          losses[row] == exactLosses[row] || error <= scale.lossMargin(exactLosses[row]),
          () ->
              "losses[%d] = %s, expected %s, %.2f of the bound"
                  .formatted(
                      at, losses[at], exactLosses[at], error / scale.lossMargin(exactLosses[at])));
      int bounded = scale.hasGradientBound() ? c.classes : 0;
      for (int j = 0; j < bounded; j++) {
        int i = row * c.classes + j;
        int label = j;
        double off = Math.abs(gradient[i] - exact[i]);
        assertTrue(
            gradient[i] == exact[i] || off <= scale.gradientMargin(label),
            () ->
                c
                    + " gradient[%d] = %s, expected %s, %.2f of the bound"
                        .formatted(i, gradient[i], exact[i], off / scale.gradientMargin(label)));
      }
    }
  }
}
