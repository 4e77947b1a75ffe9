package io.github.surprisal.reference;

import static io.github.surprisal.reference.Precision.FLOAT64;
import static io.github.surprisal.reference.RowFunction.LOGCUMSUMEXP;
import static io.github.surprisal.reference.RowFunction.LOGSUMEXP;
import static io.github.surprisal.reference.RowFunction.LOG_SOFTMAX;
import static io.github.surprisal.reference.RowFunction.SOFTMAX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values, gradients and special values of the softmax functions. */
class RowFunctionTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final int CLASSES = 5;

  private static void assertGives(
      RowFunction function, double[] x, double[] g, double[] values, double... gradient) {
    var exact = function.evaluate(x, 1, x.length, g, HundredDigits.of(1));
    var fast = function.evaluate(x, 1, x.length, g, DoubleDouble.of(1));
    assertArrayEquals(values, exact.values(FLOAT64), 1e-15);
    assertArrayEquals(values, fast.values(FLOAT64), 1e-15);
    assertArrayEquals(gradient, exact.gradient(FLOAT64), 1e-15);
    assertArrayEquals(gradient, fast.gradient(FLOAT64), 1e-15);
  }

  private static double[] of(double... x) {
    return x;
  }

  /** sum of g y(x) for a textbook y, with one input moved. */
  private static HundredDigits textbook(
      RowFunction function, double[] x, double[] g, int moved, HundredDigits h) {
    HundredDigits[] exps = new HundredDigits[CLASSES];
    HundredDigits[] sums = new HundredDigits[CLASSES];
    for (int j = 0; j < CLASSES; j++) {
      HundredDigits z = HundredDigits.of(x[j]);
      exps[j] = (j == moved ? z.add(h) : z).exp();
      sums[j] = j == 0 ? exps[j] : exps[j].add(sums[j - 1]);
    }
    HundredDigits total = HundredDigits.of(0);
    for (int j = 0; j < g.length; j++) {
      HundredDigits p = exps[j].divide(sums[CLASSES - 1]);
      HundredDigits y =
          switch (function) {
            case SOFTMAX -> p;
            case LOG_SOFTMAX -> p.log();
            case LOGSUMEXP -> sums[CLASSES - 1].log();
            case LOGCUMSUMEXP -> sums[j].log();
          };
      total = total.add(y.multiply(g[j]));
    }
    return total;
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheTextbookAndItsCentralDifferences(RowFunction function) {
    var random = new SplittableRandom(2718);
    HundredDigits h = HundredDigits.parse("1e-33");
    HundredDigits zero = HundredDigits.of(0);
    for (int n = 0; n < 20; n++) {
      double[] x = random.doubles(CLASSES, -4, 4).toArray();
      double[] g = random.doubles(function == LOGSUMEXP ? 1 : CLASSES, -2, 2).toArray();
      var exact = function.evaluate(x, 1, CLASSES, g, HundredDigits.of(1));
      var fast = function.evaluate(x, 1, CLASSES, g, DoubleDouble.of(1));
      HundredDigits sum = zero;
      for (int j = 0; j < g.length; j++) {
        sum = sum.add(exact.exactValue(j).multiply(g[j]));
      }
      assertEquals(0, sum.subtract(textbook(function, x, g, -1, zero)).estimate(), 1e-90);
      double[] terms = exact.gradientTerms(FLOAT64);
      for (int j = 0; j < CLASSES; j++) {
        HundredDigits rise =
            textbook(function, x, g, j, h).subtract(textbook(function, x, g, j, h.negate()));
        HundredDigits slope = rise.divide(h.multiply(2));
        HundredDigits gradient = exact.exactGradient(j);
        assertEquals(0, gradient.subtract(slope).estimate(), 1e-58);
        HundredDigits scale = HundredDigits.of(terms[j]);
        assertTrue(RelativeError.of(fast.exactGradient(j), gradient, scale) < 0x1p-90);
        assertTrue(!gradient.abs().isGreaterThan(scale.multiply(1 + 1e-15)));
      }
    }
  }

  @Test
  void ofAUniformRow() {
    assertGives(SOFTMAX, of(7, 7), of(1, 3), of(0.5, 0.5), -0.5, 0.5);
    double half = -Math.log(2);
    assertGives(LOG_SOFTMAX, of(7, 7), of(1, 3), of(half, half), -1, 1);
    assertGives(LOGSUMEXP, of(0, 0), of(6), of(-half), 3, 3);
    assertGives(LOGCUMSUMEXP, of(0, 0), of(4, 6), of(0, -half), 7, 3);
  }

  @Test
  void aConstantUpstreamHasNoEffectOnSoftmax() {
    assertArrayEquals(
        new double[3],
        SOFTMAX.evaluate(of(0.1, 2.2, -0.7), 1, 3, of(0.3, 0.3, 0.3)).gradient(FLOAT64));
  }

  @Test
  void withoutUpstreamItIsOne() {
    assertArrayEquals(of(0.5, 0.5), LOGSUMEXP.evaluate(of(3, 3), 1, 2, null).gradient(FLOAT64));
  }

  @Test
  void minusInfinityIsAnImpossibleClass() {
    assertGives(SOFTMAX, of(0, -INF), of(1, 5), of(1, 0), 0, 0);
    assertGives(LOG_SOFTMAX, of(0, -INF), of(1, 5), of(0, -INF), -5, 5);
    assertGives(LOGSUMEXP, of(0, -INF), of(2), of(0), 2, 0);
    assertGives(LOGCUMSUMEXP, of(0, -INF), of(1, 1), of(0, 0), 2, 0);
  }

  @Test
  void rowsWithoutProbabilities() {
    double[][] undefined = {{-INF, -INF}, {INF, 0}, {0, NAN}};
    double[] limits = {-INF, INF, NAN};
    for (int i = 0; i < 3; i++) {
      double[] x = undefined[i];
      assertGives(SOFTMAX, x, of(1, 1), of(NAN, NAN), NAN, NAN);
      assertGives(LOG_SOFTMAX, x, of(1, 1), of(NAN, NAN), NAN, NAN);
      assertGives(LOGSUMEXP, x, of(1), of(limits[i]), NAN, NAN);
    }
    // Only the first prefix is impossible.
    assertGives(LOGCUMSUMEXP, of(-INF, 0), of(1, 1), of(-INF, 0), NAN, 1);
    assertGives(LOGCUMSUMEXP, of(0, INF), of(1, 1), of(0, INF), NAN, NAN);
  }

  @Test
  void hugeLogitsNeitherOverflowNorCancel() {
    double huge = Double.MAX_VALUE / 4;
    assertGives(SOFTMAX, of(huge, -huge), of(1, 2), of(1, 0), 0, 0);
    assertGives(LOG_SOFTMAX, of(huge, huge), of(1, 0), of(-Math.log(2), -Math.log(2)), 0.5, -0.5);
    assertGives(LOGCUMSUMEXP, of(-huge, huge), of(1, 1), of(-huge, huge), 1, 1);
  }

  @Test
  void rejectsWhatCannotBeMeant() {
    for (RowFunction function : RowFunction.values()) {
      assertThrows(
          IllegalArgumentException.class, () -> function.evaluate(of(1, 2), 1, 2, of(1, 2, 3)));
      assertThrows(IllegalArgumentException.class, () -> function.evaluate(of(1, 2), 1, 3, null));
    }
  }
}
