package io.github.surprisal.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The closed-form gradient against three other ways to it. */
@Order(1) // what takes longest begins
@Execution(ExecutionMode.CONCURRENT)
class CrossEntropyGradientTest {

  private static final long SEED = 314159;

  static Stream<CrossEntropyCase> everyOption() {
    return CrossEntropyCase.all(4, 5, SEED).stream();
  }

  /** (f(x + h) - f(x - h)) / 2h has an error of O(h^2), h = 1e-33. */
  @ParameterizedTest
  @MethodSource("everyOption")
  void agreesWithCentralDifferencesOfTheTextbookLoss(CrossEntropyCase each) {
    RowBatch batch = each.batch();
    HundredDigits h = HundredDigits.parse("1e-33");
    LossResult<HundredDigits> result = each.loss().evaluate(batch, HundredDigits.of(1));
    var textbook = new TextbookCrossEntropy(each.loss(), batch);
    var random = new SplittableRandom(SEED);
    for (int n = 0; n < 3; n++) {
      int index = random.nextInt(batch.input().length);
      HundredDigits rise = textbook.value(index, h).subtract(textbook.value(index, h.negate()));
      HundredDigits slope = rise.divide(h.multiply(HundredDigits.of(2)));
      HundredDigits error = result.exactGradient(index).subtract(slope).abs();
      assertTrue(
          error.estimate() < 1e-58,
          () -> "%s: index %d, slope %s, error %s".formatted(each, index, slope, error));
    }
  }

  /** (f(x + h) - 2 f(x) + f(x - h)) / h^2 has an error of O(h^2), h = 1e-25. */
  @ParameterizedTest
  @MethodSource("everyOption")
  void hessianIsTheSecondDifferenceOfTheTextbookLoss(CrossEntropyCase each) {
    HundredDigits h = HundredDigits.parse("1e-25");
    CrossEntropyResult<HundredDigits> result =
        each.loss().evaluate(each.batch(), HundredDigits.of(1));
    var textbook = new TextbookCrossEntropy(each.loss(), each.batch());
    for (int index : new int[] {0, 2, 4}) {
      HundredDigits rise =
          textbook.rowLoss(0, index, h).add(textbook.rowLoss(0, index, h.negate()));
      HundredDigits middle = textbook.rowLoss(0, index, HundredDigits.of(0)).multiply(2);
      HundredDigits curvature = rise.subtract(middle).divide(h.multiply(h));
      double error = result.exactHessian(index).subtract(curvature).abs().estimate();
      assertTrue(error < 1e-42, () -> "%s: index %d, error %s".formatted(each, index, error));
    }
  }

  @ParameterizedTest
  @MethodSource("everyOption")
  void lossAgreesWithTheTextbook(CrossEntropyCase each) {
    LossResult<HundredDigits> result = each.loss().evaluate(each.batch(), HundredDigits.of(1));
    var textbook = new TextbookCrossEntropy(each.loss(), each.batch().withUpstream(1));
    HundredDigits expected = textbook.value(-1, HundredDigits.of(0));
    RelativeError.assertWithin(1e-80, result.exactLoss(), expected, each.toString());
    HundredDigits first = textbook.rowLoss(0, -1, HundredDigits.of(0));
    RelativeError.assertWithin(1e-80, result.exactLoss(0), first, each.toString());
  }

  @ParameterizedTest
  @MethodSource("everyOption")
  void doubleDoubleAgreesWithAHundredDigits(CrossEntropyCase each) {
    assertAgree(each.loss(), each.batch(), each.toString());
  }

  @Test
  void doubleDoubleAgreesWithAHundredDigitsOnSpreadLogits() {
    var random = new SplittableRandom(SEED);
    for (double spread : new double[] {1e-300, 1e-9, 1, 700, 1e30}) {
      double[] logits = random.doubles(120, -spread, spread).toArray();
      RowBatch batch = RowBatch.of(logits, 3, 40).withLabels(0, 17, 39);
      String message = "spread " + spread + ", seed " + SEED;
      assertAgree(new CrossEntropyReference(RowOptions.DEFAULT, 0), batch, message);
    }
  }

  private static void assertAgree(CrossEntropyReference loss, RowBatch batch, String message) {
    LossResult<HundredDigits> exact = loss.evaluate(batch, HundredDigits.of(1));
    LossResult<DoubleDouble> fast = loss.evaluate(batch, DoubleDouble.of(1));
    double[] terms = exact.gradientTerms(Precision.FLOAT64);
    RelativeError.assertWithin(0x1p-90, fast.exactLoss(), exact.exactLoss(), message);
    for (int i = 0; i < terms.length; i++) {
      HundredDigits expected = exact.exactGradient(i);
      HundredDigits scale = HundredDigits.of(terms[i]);
      double error = RelativeError.of(fast.exactGradient(i), expected, scale);
      assertTrue(terms[i] == 0 || error < 0x1p-90, message + ", index " + i + ", error " + error);
    }
  }

  @Test
  void agreesWithAutomaticDifferentiation() {
    int classes = 12;
    int label = 7;
    double[] logits = new SplittableRandom(SEED).doubles(classes, -8, 8).toArray();
    DerivativeStructure sum = new DerivativeStructure(classes, 1, 0.0);
    for (int j = 0; j < classes; j++) {
      sum = sum.add(new DerivativeStructure(classes, 1, j, logits[j]).exp());
    }
    DerivativeStructure expected =
        sum.log().subtract(new DerivativeStructure(classes, 1, label, logits[label]));
    LossResult<?> actual =
        new CrossEntropyReference(RowOptions.DEFAULT, 0)
            .evaluate(RowBatch.of(logits, 1, classes).withLabels(label));
    double loss = expected.getValue();
    assertEquals(loss, actual.loss(Precision.FLOAT64), 16 * Math.ulp(loss), "seed " + SEED);
    for (int j = 0; j < classes; j++) {
      int[] order = new int[classes];
      order[j] = 1;
      double slope = expected.getPartialDerivative(order);
      double gradient = actual.gradient(Precision.FLOAT64)[j];
      assertEquals(slope, gradient, 1e-14, "class " + j + ", seed " + SEED);
    }
  }
}
