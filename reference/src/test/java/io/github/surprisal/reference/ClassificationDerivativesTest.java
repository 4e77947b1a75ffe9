package io.github.surprisal.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every classification formula against textbook values and central differences. */
class ClassificationDerivativesTest {

  private static final HundredDigits STEP = HundredDigits.parse("1e-33");

  static List<ClassificationCase> everyLoss() {
    return ClassificationCase.all();
  }

  @ParameterizedTest
  @MethodSource("everyLoss")
  void valueIsTheTextbooks(ClassificationCase each) {
    for (double[] scores : ClassificationCase.SCORES) {
      for (int label = 0; label < scores.length; label++) {
        double expected = 3 * each.textbook().value(scores, label);
        double actual = at(each, scores, targets(label, 4), label, 0, 0).value().sum().estimate();
        assertEquals(expected, actual, 1e-12, message(each, scores, label));
      }
    }
  }

  /** (f(z + h) - f(z - h)) / 2h has an error of O(h^2), h = 1e-33. */
  @ParameterizedTest
  @MethodSource("everyLoss")
  void slopesAreCentralDifferences(ClassificationCase each) {
    for (double[] scores : ClassificationCase.SCORES) {
      for (int label = 0; label < scores.length; label++) {
        assertSlopes(each, scores, targets(label, scores.length), label);
      }
      if (each.formula().takesProbabilities()) {
        assertSlopes(each, scores, new double[] {0.25, 0.5, 0, 2}, -1);
      }
    }
  }

  private static void assertSlopes(
      ClassificationCase each, double[] scores, double[] targets, int label) {
    var exact = at(each, scores, targets, label, 0, 0);
    for (int j = 0; j < scores.length; j++) {
      HundredDigits up = at(each, scores, targets, label, j, 1).value().sum();
      HundredDigits down = at(each, scores, targets, label, j, -1).value().sum();
      HundredDigits slope = up.subtract(down).divide(STEP.multiply(2));
      double error = exact.slopes().get(j).sum().subtract(slope).abs().estimate();
      assertTrue(error < 1e-55, () -> message(each, scores, label) + ", error " + error);
    }
  }

  /** Through the whole of {@link ClassificationReference}, whose result is a linear function. */
  @ParameterizedTest
  @MethodSource("everyLoss")
  void doubleDoubleAgreesWithAHundredDigits(ClassificationCase each) {
    double[] scores =
        Arrays.stream(ClassificationCase.SCORES).flatMapToDouble(Arrays::stream).toArray();
    RowBatch batch =
        RowBatch.of(scores, 4, 4)
            .withLabels(2, 0, -100, 3)
            .withRowWeights(1, 2, 3, 4)
            .withUpstream(-3);
    var reference =
        new ClassificationReference(
            each.formula(),
            RowOptions.DEFAULT.withClassWeights(1, 2, 3, 4),
            new LogitOptions(0.9, 20));
    LossResult<HundredDigits> exact = reference.evaluate(batch, HundredDigits.of(1));
    LossResult<DoubleDouble> fast = reference.evaluate(batch, DoubleDouble.of(1));
    double error = RelativeError.of(fast.exactLoss(), exact.exactLoss(), exact.lossMagnitude());
    assertTrue(error < 0x1p-88, () -> each + ", error " + error);
    double[] terms = exact.gradientTerms(Precision.FLOAT64);
    for (int i = 0; i < terms.length; i++) {
      HundredDigits scale = HundredDigits.of(terms[i]);
      double off = RelativeError.of(fast.exactGradient(i), exact.exactGradient(i), scale);
      assertTrue(terms[i] == 0 || off < 0x1p-86, () -> each + ", error " + off);
      assertTrue(!exact.exactGradient(i).abs().isGreaterThan(scale.multiply(1 + 1e-15)));
    }
  }

  private static double[] targets(int label, int classes) {
    double[] targets = new double[classes];
    targets[label] = 3;
    return targets;
  }

  private static ClassificationFormula.Slopes<HundredDigits> at(
      ClassificationCase each, double[] scores, double[] targets, int label, int moved, int steps) {
    List<HundredDigits> z = new ArrayList<>();
    List<HundredDigits> t = new ArrayList<>();
    for (int j = 0; j < scores.length; j++) {
      HundredDigits score = HundredDigits.of(scores[j]);
      z.add(j == moved ? score.add(STEP.multiply(steps)) : score);
      t.add(HundredDigits.of(targets[j]));
    }
    return each.formula().at(z, t, label, Precision.FLOAT64);
  }

  private static String message(ClassificationCase each, double[] scores, int label) {
    return each + " at " + Arrays.toString(scores) + ", label " + label;
  }
}
