package io.github.surprisal.internal.softmax.formula;

import static io.github.surprisal.internal.softmax.formula.OneRow.entropy;
import static io.github.surprisal.internal.softmax.formula.OneRow.logSumExp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Cross-entropy by its definition in plain double, and central differences of that. */
class CrossEntropyTermsTest {
  private static final double[] LOGITS = {0.3, -0.9, 0.8, 0.1};
  private static final double[] WEIGHTS = {3, 0.5, 6, 1.5};
  private static final double[] TARGETS = {0.1, 0.5, 0.25, 0.15};
  private static final LogitOptions[] OPTIONS = {
    LogitOptions.NONE, new LogitOptions(2, Double.POSITIVE_INFINITY), new LogitOptions(2, 3)
  };

  /** Label smoothing, z-loss, weight of the entropy. */
  private static final double[][] TERMS = {
    {0, 0, 0}, {0.3, 0, 0}, {0, 0.2, 0}, {0, 0, 0.4}, {0.1, 0.3, -0.7}, {1, 0.5, 0.5}
  };

  private static CrossEntropyTerms terms(LogitOptions logits, double[] options) {
    return new CrossEntropyTerms(logits, options[0], options[1], options[2]);
  }

  /** Target masses t, and v the weight of z-loss and entropy. */
  private static double loss(double[] z, double[] t, double v, double[] options) {
    double log = logSumExp(z);
    double sum = v * (options[1] * log * log - options[2] * entropy(z));
    for (int j = 0; j < z.length; j++) {
      sum += t[j] * (log - z[j]);
    }
    return sum;
  }

  private static double[] ofLabel(int label, double[] weights, double smoothing) {
    double[] t = new double[weights.length];
    for (int j = 0; j < t.length; j++) {
      t[j] = weights[j] * (smoothing / t.length + (j == label ? 1 - smoothing : 0));
    }
    return t;
  }

  @Test
  void labels() {
    double[] ones = {1, 1, 1, 1};
    for (var logits : OPTIONS) {
      for (double[] options : TERMS) {
        var terms = terms(logits, options);
        for (int label = 0; label < LOGITS.length; label++) {
          double[] plain = ofLabel(label, ones, options[0]);
          new OneRow(logits, label, LOGITS).check(terms, z -> loss(z, plain, 1, options));
          new OneRow(logits, label, LOGITS)
              .upstreams(-3)
              .check(terms, z -> loss(z, plain, 1, options));
          double[] weighed = ofLabel(label, WEIGHTS, options[0]);
          double v = WEIGHTS[label];
          new OneRow(logits, label, LOGITS)
              .classWeights(WEIGHTS)
              .factors(0.5, -3)
              .check(terms, z -> loss(z, weighed, v, options));
        }
      }
    }
  }

  @Test
  void probabilities() {
    for (var logits : OPTIONS) {
      for (double[] options : TERMS) {
        double[] t = new double[TARGETS.length];
        double[] weighed = new double[TARGETS.length];
        for (int j = 0; j < t.length; j++) {
          t[j] = (1 - options[0]) * TARGETS[j] + options[0] / t.length;
          weighed[j] = WEIGHTS[j] * t[j];
        }
        new OneRow(logits, -1, LOGITS)
            .probabilities(TARGETS)
            .check(terms(logits, options), z -> loss(z, t, 1, options));
        new OneRow(logits, -1, LOGITS)
            .probabilities(TARGETS)
            .classWeights(WEIGHTS)
            .factors(0.5, -3)
            .check(terms(logits, options), z -> loss(z, weighed, 1, options));
      }
    }
  }

  @Test
  void likelihoodOfTheLabelsBesideProbabilities() {
    for (int label = -1; label < LOGITS.length; label++) {
      var row = new OneRow(LogitOptions.NONE, label, LOGITS).probabilities(TARGETS);
      row.finish(CrossEntropyTerms.OF_LABELS);
      double nll = label < 0 ? 0 : logSumExp(LOGITS) - LOGITS[label];
      assertEquals(nll, row.out.nll[0], 1e-14);
    }
  }

  @Test
  void likelihoodWithoutWeightsAndOptions() {
    for (double[] options : TERMS) {
      var row = new OneRow(LogitOptions.NONE, 1, LOGITS).classWeights(WEIGHTS);
      row.finish(terms(LogitOptions.NONE, options));
      assertEquals(logSumExp(LOGITS) - LOGITS[1], row.out.nll[0], 1e-14);
    }
  }

  @Test
  void entropyLeavesAnImpossibleLabelFinite() {
    var terms = new CrossEntropyTerms(LogitOptions.NONE, 0, 0, 0.5);
    var row = new OneRow(LogitOptions.NONE, 1, 0, Double.NEGATIVE_INFINITY).finish(terms);
    assertEquals(Double.POSITIVE_INFINITY, row.out.loss[0]);
    assertEquals(-row.scale(), row.out.atLabel[0]);
  }

  @Test
  void curvatureIsTheSumOfMassesTimesTheSquareOfTheSlope() {
    for (var logits : OPTIONS) {
      double square = logits.slope * logits.slope;
      var row = new OneRow(logits, 3, LOGITS);
      row.batch.results.hessian.set(null, new double[8], 0, 4);
      row.finish(terms(logits, TERMS[0]));
      assertEquals(square, row.out.curvature[0], 1e-15);
      row = new OneRow(logits, 3, LOGITS).classWeights(WEIGHTS).finish(terms(logits, TERMS[1]));
      double masses = 0.7 * WEIGHTS[3] + 0.3 / 4 * (3 + 0.5 + 6 + 1.5);
      assertEquals(row.scale() * square * masses, row.out.curvature[0], 1e-14);
      row = new OneRow(logits, -1, LOGITS).probabilities(TARGETS).finish(terms(logits, TERMS[0]));
      assertEquals(row.scale() * square, row.out.curvature[0], 1e-15);
    }
  }

  @Test
  void smoothingReadsTheMeanWhereItIsAlikeForAllClasses() {
    var plain = new OneRow(LogitOptions.NONE, 0, LOGITS).batch;
    var weighed = new OneRow(LogitOptions.NONE, 0, LOGITS).classWeights(WEIGHTS).batch;
    var masked = new OneRow(LogitOptions.NONE, 0, LOGITS).batch;
    masked.given.allowed.set(new long[] {7}, 4);
    var smooth = new CrossEntropyTerms(LogitOptions.NONE, 0.1, 0, 0);
    var sharp = CrossEntropyTerms.OF_LABELS;
    assertTrue(smooth.smooths());
    assertFalse(sharp.smooths());
    assertTrue(smooth.needsGap(plain));
    assertFalse(smooth.needsGap(weighed));
    assertFalse(smooth.needsGap(masked));
    assertFalse(sharp.needsGap(plain));
    assertFalse(smooth.needsTargets(plain));
    assertTrue(smooth.needsTargets(weighed));
    assertTrue(smooth.needsTargets(masked));
    assertFalse(sharp.needsTargets(weighed));
    assertEquals(0.1 / 4, smooth.targetConstant(plain, 1));
    assertEquals(0.1 / 3, smooth.targetConstant(masked, 1));
  }

  @Test
  void curvesAlikeWithoutOptionsThatBend() {
    assertTrue(new CrossEntropyTerms(new LogitOptions(2, 1 / 0.0), 0.1, 0, 0).curvesAlike());
    assertFalse(new CrossEntropyTerms(new LogitOptions(2, 3), 0.1, 0, 0).curvesAlike());
    assertFalse(new CrossEntropyTerms(LogitOptions.NONE, 0, 0.1, 0).curvesAlike());
    assertFalse(new CrossEntropyTerms(LogitOptions.NONE, 0, 0, 0.1).curvesAlike());
  }

  @Test
  void plainIsTheLossOfLabelsAlone() {
    var terms = CrossEntropyTerms.OF_LABELS;
    assertTrue(terms.plain(new OneRow(LogitOptions.NONE, 0, LOGITS).upstreams(2).batch));
    assertFalse(terms.plain(new OneRow(LogitOptions.NONE, 0, LOGITS).factors(2, 1).batch));
    assertFalse(terms.plain(new OneRow(LogitOptions.NONE, 0, LOGITS).classWeights(WEIGHTS).batch));
    assertFalse(terms.plain(new OneRow(LogitOptions.NONE, 0, LOGITS).probabilities(TARGETS).batch));
    for (int i = 1; i < TERMS.length; i++) {
      var batch = new OneRow(LogitOptions.NONE, 0, LOGITS).batch;
      assertFalse(terms(LogitOptions.NONE, TERMS[i]).plain(batch));
    }
  }
}
