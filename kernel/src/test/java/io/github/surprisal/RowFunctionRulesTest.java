package io.github.surprisal;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.rows.LogCumSumExp;
import io.github.surprisal.rows.LogSoftmax;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.RowFunction;
import io.github.surprisal.rows.Softmax;
import io.github.surprisal.rows.Sparsemax;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules and special cases that the documentation of row functions lists. */
class RowFunctionRulesTest {
  private static final Softmax SOFTMAX = Softmax.builder().build();
  private static final LogSoftmax LOG_SOFTMAX = LogSoftmax.builder().build();
  private static final LogCumSumExp LOG_CUM_SUM_EXP = new LogCumSumExp();
  private static final Sparsemax SPARSEMAX = new Sparsemax();
  static final List<RowFunction> ALL = List.of(SOFTMAX, LOG_SOFTMAX, LOG_CUM_SUM_EXP, SPARSEMAX);

  private static boolean savesOutput(RowFunction function) {
    return function == SOFTMAX || function == SPARSEMAX;
  }

  private static double[] of(double... values) {
    return values;
  }

  private static double[] nans(int n) {
    return DoubleStream.generate(() -> NaN).limit(n).toArray();
  }

  /** Values, then the gradient by upstream 1, 2, 3... */
  private static void assertGives(
      RowFunction function, double[] x, double[] values, double[] gradient) {
    double[] y = new double[x.length];
    double[] g = new double[x.length];
    double[] u = new double[x.length];
    Arrays.setAll(u, i -> i + 1);
    function.forward(x, x.length, y);
    function.backward(savesOutput(function) ? y : x, u, x.length, g);
    assertArrayEquals(values, y, 1e-15);
    assertArrayEquals(gradient, g, 1e-15);
  }

  @Test
  void anImpossibleClass() {
    double[] x = {0, NEGATIVE_INFINITY};
    assertGives(SOFTMAX, x, of(1, 0), of(0, 0));
    assertGives(LOG_SOFTMAX, x, of(0, NEGATIVE_INFINITY), of(-2, 2));
    assertGives(LOG_CUM_SUM_EXP, x, of(0, 0), of(3, 0));
    assertGives(SPARSEMAX, x, of(1, 0), of(0, 0));
    assertGives(SPARSEMAX, of(0.5, 0, -4, 1), of(0.25, 0, 0, 0.75), of(-1.5, 0, 0, 1.5));
  }

  @Test
  void rowsWithoutAMaximum() {
    double[][] rows = {
      {NEGATIVE_INFINITY, NEGATIVE_INFINITY}, {POSITIVE_INFINITY, 0}, {0, NaN}, {NaN, NaN}
    };
    for (double[] x : rows) {
      assertGives(SOFTMAX, x, nans(2), nans(2));
      assertGives(LOG_SOFTMAX, x, nans(2), nans(2));
      assertGives(SPARSEMAX, x, nans(2), nans(2));
    }
    double[] limits = {NEGATIVE_INFINITY, POSITIVE_INFINITY, NaN, NaN};
    for (int i = 0; i < rows.length; i++) {
      double[] y = new double[1];
      double[] g = new double[2];
      LogSumExp.builder().build().forward(rows[i], y);
      LogSumExp.builder().build().backward(rows[i], of(0), g);
      assertEquals(limits[i], y[0]);
      assertArrayEquals(nans(2), g);
    }
    double[] y = new double[1];
    LogSumExp.builder().build().forward(of(NaN, POSITIVE_INFINITY), y);
    assertTrue(Double.isNaN(y[0]));
  }

  @Test
  void cumulativeSumsBeforeAndAfterWhatIsNotFinite() {
    double[] x = {NEGATIVE_INFINITY, NEGATIVE_INFINITY, 0, 0};
    double log2 = Math.log(2);
    double[] values = {NEGATIVE_INFINITY, NEGATIVE_INFINITY, 0, log2};
    assertGives(LOG_CUM_SUM_EXP, x, values, of(NaN, NaN, 5, 2));
    assertGives(
        LOG_CUM_SUM_EXP,
        of(0, POSITIVE_INFINITY, 5, POSITIVE_INFINITY, NaN, 1),
        of(0, POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY, NaN, NaN),
        nans(6));
    assertGives(LOG_CUM_SUM_EXP, of(0, NaN, POSITIVE_INFINITY), of(0, NaN, NaN), nans(3));
    assertGives(LOG_CUM_SUM_EXP, of(NaN, 0), nans(2), nans(2));
    double[] g = new double[3];
    LOG_CUM_SUM_EXP.backward(of(0, POSITIVE_INFINITY, 1), new double[3], 3, g);
    assertArrayEquals(nans(3), g);
  }

  @Test
  void largeFiniteInputsStayFinite() {
    double big = Double.MAX_VALUE / 4;
    assertGives(SOFTMAX, of(big, -big), of(1, 0), of(0, 0));
    assertGives(SPARSEMAX, of(big, -big), of(1, 0), of(0, 0));
    assertGives(LOG_CUM_SUM_EXP, of(-big, big), of(-big, big), of(1, 2));
    double[] y = new double[2];
    LOG_SOFTMAX.forward(of(big, -big), 2, y);
    assertArrayEquals(of(0, -2 * big), y);
    double[] one = new double[1];
    LogSumExp.builder().build().forward(of(big, -big), one);
    assertEquals(big, one[0]);
  }

  @Test
  void cumulativeSumsClimbByMoreThanTheRangeOfAnExponential() {
    double[] x = {-1000, -600, -650, 0, 250, 320, 325, 5000, 4990, 1e30, 1e30, -3, 1e300};
    double[] g = new double[x.length];
    Arrays.setAll(g, i -> i + 1);
    double[] y = new double[x.length];
    double[] gradient = new double[x.length];
    LOG_CUM_SUM_EXP.forward(x, x.length, y);
    LOG_CUM_SUM_EXP.backward(x, g, x.length, gradient);
    var expected =
        io.github.surprisal.reference.RowFunction.LOGCUMSUMEXP.evaluate(x, 1, x.length, g);
    for (int i = 0; i < x.length; i++) {
      assertTrue(expected.valueUlps(i, y[i], Precision.FLOAT64) <= 4);
      assertTrue(expected.gradientUlps(i, gradient[i], Precision.FLOAT64) <= 8);
    }
  }

  @Test
  void cumulativeSumsOfTwoMillionEqualElements() {
    int n = (2 << 20) + 3000;
    double[] x = new double[n];
    double[] u = new double[n];
    Arrays.fill(u, 1);
    double[] g = new double[n];
    double[] y = new double[n];
    LOG_CUM_SUM_EXP.forward(x, n, y);
    LOG_CUM_SUM_EXP.backward(x, u, n, g);
    double harmonic = 0;
    for (int i = n - 1; i >= 0; i--) {
      harmonic += 1.0 / (i + 1);
      assertEquals(harmonic, g[i], 1e-12);
      assertEquals(Math.log(i + 1), y[i], 4 * Math.ulp(y[i]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 3000})
  void nanReachesItsOwnRowOnly(int classes) {
    double[] x = new double[3 * classes];
    x[classes + 1] = NaN;
    double[] u = new double[3 * classes];
    for (RowFunction function : ALL) {
      double[] y = new double[3 * classes];
      double[] g = new double[3 * classes];
      function.forward(x, classes, y);
      function.backward(savesOutput(function) ? y : x, u, classes, g);
      int first = function == LOG_CUM_SUM_EXP ? classes + 1 : classes;
      for (int i = 0; i < 3 * classes; i++) {
        assertEquals(i >= first && i < 2 * classes, Double.isNaN(y[i]));
        assertEquals(i >= classes && i < 2 * classes, Double.isNaN(g[i]));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 32, 33, 100, 2048, 2049, 5000})
  void inPlaceOrNotAndWhateverTheOtherRows(int classes) {
    int rows = 5;
    var c = new RowFunctionCase(classes, Regime.NORMAL, rows, classes);
    for (RowFunction function : ALL) {
      for (Precision precision : List.of(Precision.FLOAT32, Precision.FLOAT64)) {
        boolean floats = precision == Precision.FLOAT32;
        var expected = c.evaluate(function, precision);
        var saved = savesOutput(function) ? expected.values() : c.x;
        var x = strided(c.x, rows, classes, floats);
        function.forward(x, x);
        var overSaved = strided(saved, rows, classes, floats);
        function.backward(overSaved, strided(c.upstream, rows, classes, floats), overSaved);
        var overUpstream = strided(c.upstream, rows, classes, floats);
        var again = strided(saved, rows, classes, floats);
        function.backward(again, overUpstream, overUpstream, new Workspace());
        assertArrayEquals(expected.values(), values(x));
        assertArrayEquals(expected.gradient(), values(overSaved));
        assertArrayEquals(expected.gradient(), values(overUpstream));
      }
      double[] alone = new double[classes];
      function.forward(Arrays.copyOfRange(c.x, classes, 2 * classes), classes, alone);
      double[] all = c.evaluate(function, Precision.FLOAT64).values();
      assertArrayEquals(Arrays.copyOfRange(all, classes, 2 * classes), alone);
    }
  }

  private static Matrix strided(double[] values, int rows, int columns, boolean floats) {
    int stride = columns + 3;
    double[] spread = new double[2 + rows * stride];
    for (int i = 0; i < values.length; i++) {
      spread[2 + i / columns * stride + i % columns] = values[i];
    }
    return floats
        ? Matrix.of(CrossEntropyCase.toFloats(spread), 2, rows, columns, stride)
        : Matrix.of(spread, 2, rows, columns, stride);
  }

  private static double[] values(Matrix m) {
    double[] all = m.floats() == null ? m.doubles() : RowFunctionCase.toDoubles(m.floats());
    double[] values = new double[m.rows() * m.columns()];
    Arrays.setAll(values, i -> all[m.offset() + i / m.columns() * m.rowStride() + i % m.columns()]);
    return values;
  }

  @Test
  void logSoftmaxTakesItsOutputToo() {
    float[] x = {1, 2, -3, 0.5f};
    float[] y = new float[4];
    LOG_SOFTMAX.forward(x, 4, y);
    float[] u = {1, -1, 2, 0};
    float[] ofInput = new float[4];
    float[] ofOutput = new float[4];
    LOG_SOFTMAX.backward(x, u, 4, ofInput);
    LOG_SOFTMAX.backward(y, u, 4, ofOutput);
    assertArrayEquals(ofInput, ofOutput, 1e-6f);
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void arguments() {
    refused(
        "x.length = 5, expected a multiple of classes = 2",
        () -> SOFTMAX.forward(new float[5], 2, new float[5]));
    refused(
        "classes = 0, expected at least 1", () -> SOFTMAX.forward(new float[5], 0, new float[5]));
    refused(
        "y.length = 3, expected x.length = 4",
        () -> SOFTMAX.forward(new double[4], 2, new double[3]));
    refused(
        "upstream.length = 2, expected saved.length = 4",
        () -> SOFTMAX.backward(new double[4], new double[2], 2, new double[4]));
    refused(
        "gradient.length = 2, expected saved.length = 4",
        () -> SOFTMAX.backward(new float[4], new float[4], 2, new float[2]));
    float[] shared = new float[9];
    var x = Matrix.of(shared, 0, 2, 3, 3);
    var later = Matrix.of(shared, 1, 2, 3, 3);
    refused(
        "y = %s overlaps x = %s, expected the same or none".formatted(later, x),
        () -> SOFTMAX.forward(x, later));
    var apart = Matrix.of(new float[6], 2, 3);
    refused(
        "gradient = %s overlaps upstream = %s, expected the same or none".formatted(later, x),
        () -> SOFTMAX.backward(apart, x, later));
    refused(
        "temperature = 0.0, expected 2^-100 <= temperature <= 2^100",
        () -> LogSoftmax.builder().temperature(0).build());
    refused(
        "logits.length = 3, expected a multiple of the number of rows, 2",
        () -> LogSumExp.builder().build().forward(new float[3], new float[2]));
    refused(
        "results.length = 1, expected one a row, 2",
        () -> LogSumExp.builder().build().forward(apart, new double[1]));
    double[] u = new double[2];
    refused(
        "gradient = %s overlaps upstream, expected memory apart".formatted(Matrix.of(u, 2, 1)),
        () ->
            LogSumExp.builder()
                .build()
                .backward(Matrix.of(new double[2], 2, 1), u, Matrix.of(u, 2, 1)));
  }

  @Test
  void noRows() {
    for (RowFunction function : ALL) {
      function.forward(new float[0], 3, new float[0]);
      function.backward(new double[0], new double[0], 3, new double[0]);
      var none = Matrix.of(new float[0], 0, 0);
      function.forward(none, none);
      function.backward(none, none, none);
    }
    LogSumExp.builder().build().forward(new float[0], new float[0]);
  }
}
