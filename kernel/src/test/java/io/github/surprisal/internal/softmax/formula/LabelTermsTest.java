package io.github.surprisal.internal.softmax.formula;

import static io.github.surprisal.internal.softmax.formula.OneRow.logSumExp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Losses of the label's probability, in closed form, and central differences of these. */
class LabelTermsTest {
  private static final double[] LOGITS = {0.3, -0.9, 0.8, 0.1};
  private static final double[] WEIGHTS = {3, 0.5, 6, 1.5};
  private static final LogitOptions[] OPTIONS = {
    LogitOptions.NONE, new LogitOptions(2, Double.POSITIVE_INFINITY), new LogitOptions(2, 3)
  };

  /** Of every label, with and without weights, under each of the options of logits. */
  private static void check(Function<LogitOptions, LabelTerms> terms, DoubleUnaryOperator phi) {
    for (var options : OPTIONS) {
      for (int label = 0; label < LOGITS.length; label++) {
        int y = label;
        new OneRow(options, y, LOGITS)
            .check(terms.apply(options), z -> phi.applyAsDouble(Math.exp(z[y] - logSumExp(z))));
        new OneRow(options, y, LOGITS)
            .classWeights(WEIGHTS)
            .factors(0.5, -3)
            .check(
                terms.apply(options),
                z -> WEIGHTS[y] * phi.applyAsDouble(Math.exp(z[y] - logSumExp(z))));
      }
    }
  }

  @Test
  void poly() {
    check(o -> new PolyTerms(o, 1.5), p -> -Math.log(p) + 1.5 * (1 - p));
    check(o -> new PolyTerms(o, -0.5), p -> -Math.log(p) - 0.5 * (1 - p));
  }

  @Test
  void generalized() {
    for (double q : new double[] {0.3, 0.7, 1}) {
      check(o -> new GeneralizedTerms(o, q), p -> (1 - Math.pow(p, q)) / q);
    }
  }

  @Test
  void focal() {
    for (double gamma : new double[] {0, 0.5, 2, 3}) {
      check(o -> new FocalTerms(o, gamma), p -> -Math.pow(1 - p, gamma) * Math.log(p));
    }
  }

  @Test
  void focalOfACertainLabel() {
    for (double gamma : new double[] {0, 0.5, 2, 3}) {
      var terms = new FocalTerms(LogitOptions.NONE, gamma);
      assertEquals(0, terms.value(0, 1, 0));
      assertEquals(gamma == 0 ? 1 : 0, terms.slope(0, 1, 0));
    }
  }

  @Test
  void focalOfAnImpossibleLabel() {
    for (double gamma : new double[] {0, 0.5, 2, 3}) {
      var terms = new FocalTerms(LogitOptions.NONE, gamma);
      assertEquals(Double.POSITIVE_INFINITY, terms.value(Double.POSITIVE_INFINITY, 0, 1));
      assertEquals(1, terms.slope(Double.POSITIVE_INFINITY, 0, 1));
    }
  }

  @Test
  void negativeLogLikelihoodIsKeptApart() {
    var row = new OneRow(LogitOptions.NONE, 2, LOGITS).classWeights(WEIGHTS);
    row.finish(new PolyTerms(LogitOptions.NONE, 2));
    assertEquals(logSumExp(LOGITS) - LOGITS[2], row.out.nll[0], 1e-14);
  }

  @Test
  void weightZeroTakesWhatIsInfinite() {
    double no = Double.NEGATIVE_INFINITY;
    var row = new OneRow(LogitOptions.NONE, 1, 0, no).classWeights(1, 0);
    assertEquals(0, row.finish(new PolyTerms(LogitOptions.NONE, 1)).out.loss[0]);
    row = new OneRow(LogitOptions.NONE, 1, 0, no).classWeights(1, 2);
    row.finish(new PolyTerms(LogitOptions.NONE, 1));
    assertEquals(Double.POSITIVE_INFINITY, row.out.loss[0]);
  }

  @Test
  void gradientOfACertainLabelIsPositiveZero() {
    var row = new OneRow(LogitOptions.NONE, 0, 4.0).finish(new PolyTerms(LogitOptions.NONE, 1));
    assertEquals(0.0, row.out.atLabel[0]);
    assertEquals(0.0, row.out.loss[0]);
  }

  @Test
  void whatIsAskedOfTheLoops() {
    var row = new OneRow(LogitOptions.NONE, 0, LOGITS);
    var terms = new PolyTerms(LogitOptions.NONE, 1);
    assertFalse(terms.plain(row.batch));
    assertFalse(terms.tilts());
    assertFalse(terms.needsGap(row.batch));
    assertFalse(terms.needsTargets(row.batch));
    assertFalse(terms.needsEntropy(row.batch));
    row.batch.results.entropies.set(null, new double[2]);
    assertTrue(terms.needsEntropy(row.batch));
  }

  @Test
  void temperedAreLogitsOfAnotherUnit() {
    assertFalse(LogitOptions.NONE.tempered());
    assertTrue(new LogitOptions(2, Double.POSITIVE_INFINITY).tempered());
    assertTrue(new LogitOptions(1, 3).tempered());
  }
}
