package io.github.surprisal;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A divergence of +infinity beside a label of negative weight, which costs -infinity. */
class OpposedPolesTest {
  private static final double HARD = 0.25;

  /** The gradient of a row whose class 1 is impossible and labelled; its loss is checked. */
  private static double[] gradient(Distillation.Builder builder, Batch batch) {
    int n = batch.logits().columns();
    double[] weights = new double[n];
    Arrays.fill(weights, 1);
    weights[1] = -1;
    var gradient = View.DENSE.matrix(1, n, batch.logits().floats() != null);
    var loss = builder.hardWeight(HARD).classWeights(weights).build();
    assertEquals(NaN, loss.lossAndGradient(batch.labels(new int[] {1}), gradient));
    return View.elements(gradient);
  }

  private static Matrix row(boolean floats, int n, double first, double second, double others) {
    double[] x = new double[n];
    Arrays.fill(x, others);
    x[0] = first;
    x[1] = second;
    return View.DENSE.matrix(x, 1, floats);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void theGradientIsTheSumOfBothParts(int n) {
    for (boolean floats : new boolean[] {true, false}) {
      var batch = Batch.of(row(floats, n, 0, NEGATIVE_INFINITY, 0));
      double q = 1.0 / (n - 1);
      double p = 1.0 / n;
      double[] forward = gradient(Distillation.builder(), batch.teacher(row(floats, n, 0, 0, 0)));
      assertEquals((1 - HARD) * (q - p) - HARD * q, forward[0], 1e-6);
      assertEquals((1 - HARD) * -p + HARD, forward[1], 1e-6);
      double[] reverse =
          gradient(
              Distillation.builder().divergence(new Divergence.ReverseKl()),
              batch.teacher(row(floats, n, NEGATIVE_INFINITY, 0, 0)));
      assertEquals(POSITIVE_INFINITY, reverse[0]);
      assertEquals(HARD, reverse[1], 1e-6);
      assertEquals(NEGATIVE_INFINITY, reverse[2]);
      long[] allowed = new long[(n + 63) / 64];
      Arrays.fill(allowed, ~2L);
      Arrays.fill(allowed, 1, allowed.length, -1);
      var top = View.DENSE.matrix(new double[] {0.5}, 1, floats);
      double[] likely =
          gradient(Distillation.builder(), batch.teacher(new int[] {1}, top).allowed(allowed));
      assertEquals((1 - HARD) * q / 2 - HARD * q, likely[0], 1e-6);
      assertEquals(0.0, likely[1]);
      // What has no distribution is NaN all the same.
      double[] none =
          gradient(
              Distillation.builder(),
              batch.teacher(
                  row(floats, n, NEGATIVE_INFINITY, NEGATIVE_INFINITY, NEGATIVE_INFINITY)));
      assertEquals(NaN, none[0]);
    }
  }
}
