package io.github.surprisal.internal.softmax.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.internal.softmax.loop.Sizes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Softmax, log-sum-exp and the log-softmax backward of one row. */
class SoftmaxTermsTest {
  private static final double[] LOGITS = {0.3, -0.9, 0.8, 0.1};
  private static final LogitOptions[] OPTIONS = {
    LogitOptions.NONE, new LogitOptions(2, Double.POSITIVE_INFINITY), new LogitOptions(2, 3)
  };

  @Test
  void logSumExpAndItsGradient() {
    for (var options : OPTIONS) {
      var terms = new SoftmaxTerms(options, options.slope);
      new OneRow(options, -1, LOGITS).check(terms, OneRow::logSumExp);
      new OneRow(options, -1, LOGITS).factors(0.5, -3).check(terms, OneRow::logSumExp);
    }
  }

  @Test
  void softmaxItself() {
    var row = new OneRow(OPTIONS[1], -1, 1, 1, 1, 1).finish(new SoftmaxTerms(OPTIONS[1], 1));
    // Of exponentials of 1/2 each, times 1/4 of their probability.
    assertEquals(0.25 / 0.5 * row.scale(), row.out.slope[0], 1e-15);
  }

  @Test
  void rowsWithoutASoftmax() {
    double inf = Double.POSITIVE_INFINITY;
    double[][] rows = {{1, inf}, {-inf, -inf}, {inf, Double.NaN}, {Double.NaN, 2}};
    double[] limits = {inf, -inf, Double.NaN, Double.NaN};
    double[] largest = {inf, -inf, inf, Double.NaN};
    for (int i = 0; i < rows.length; i++) {
      var terms = new SoftmaxTerms(LogitOptions.NONE, 1);
      var row = new OneRow(LogitOptions.NONE, -1, rows[i]).finish(terms);
      row.scalars.max[0] = largest[i];
      row.scalars.inverse[0] = Double.NaN;
      terms.finish(row.batch, row.group, row.scalars, row.sums, row.out);
      assertEquals(limits[i], row.out.loss[0]);
      assertEquals(Double.NaN, row.out.slope[0]);
    }
  }

  @Test
  void logSoftmaxBackward() {
    double[] u = {2, -1, 0.5, 3};
    for (var options : OPTIONS) {
      var row = new OneRow(options, -1, LOGITS).probabilities(u);
      row.finish(new LogSoftmaxTerms(options));
      assertEquals(0, row.out.loss[0]);
      assertEquals(-options.slope, row.out.scale[0]);
      double expected = -options.slope * (2 - 1 + 0.5 + 3) * row.scalars.inverse[0];
      assertEquals(expected, row.out.slope[0], 1e-15);
    }
  }

  @Test
  void groupsThatAreFull() {
    var row = new OneRow(LogitOptions.NONE, -1, LOGITS);
    row.group.size = Sizes.ROWS;
    Arrays.fill(row.group.row, 1);
    row.finish(new SoftmaxTerms(LogitOptions.NONE, 1));
    row.finish(new LogSoftmaxTerms(LogitOptions.NONE));
    assertEquals(-1, row.out.scale[Sizes.ROWS - 1]);
  }

  @Test
  void noNegativeLogLikelihoodBesideTheLoss() {
    var batch = new OneRow(LogitOptions.NONE, -1, LOGITS).batch;
    assertTrue(new SoftmaxTerms(LogitOptions.NONE, 1).plain(batch));
    assertTrue(new LogSoftmaxTerms(LogitOptions.NONE).plain(batch));
  }
}
