package io.github.surprisal;

import static io.github.surprisal.reference.Precision.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.CrossEntropyCase.Regime;
import io.github.surprisal.RowFunctionCase.Outcome;
import io.github.surprisal.reference.Precision;
import io.github.surprisal.reference.Real;
import io.github.surprisal.reference.RowFunctionResult;
import io.github.surprisal.rows.LogCumSumExp;
import io.github.surprisal.rows.LogSoftmax;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.Softmax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Softmax and its relatives against the oracle, over regimes and lengths. */
class RowFunctionOracleTest {
  private static final int[] CLASSES = {1, 2, 3, 8, 15, 16, 17, 31, 32, 33, 48, 65, 70};
  private static final Softmax SOFTMAX = Softmax.builder().build();
  private static final LogSoftmax LOG_SOFTMAX = LogSoftmax.builder().build();
  private static final LogSumExp LOG_SUM_EXP = LogSumExp.builder().build();
  private static final LogCumSumExp LOG_CUM_SUM_EXP = new LogCumSumExp();

  static List<RowFunctionCase> cases() {
    var cases = new ArrayList<RowFunctionCase>();
    for (Regime regime : Regime.values()) {
      for (int classes : CLASSES) {
        cases.add(new RowFunctionCase(cases.size(), regime, 1 + classes % 3, classes));
      }
      cases.add(new RowFunctionCase(7, regime, 70, 3));
      cases.add(new RowFunctionCase(8, regime, 2, 2049));
    }
    cases.add(new RowFunctionCase(9, Regime.NORMAL, 2, 2048));
    cases.add(new RowFunctionCase(9, Regime.NORMAL, 2, 6000));
    return cases;
  }

  /** Exponentials below the normal range are flushed, each times an upstream gradient of 2. */
  private static double flushed(RowFunctionCase c, Precision precision) {
    return 2.0 * c.classes * (precision == FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL);
  }

  private static io.github.surprisal.reference.RowFunction oracle(String name) {
    return io.github.surprisal.reference.RowFunction.valueOf(name);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void softmax(RowFunctionCase c) {
    var expected = oracle("SOFTMAX").evaluate(c.x, c.rows, c.classes, c.upstream);
    for (Precision precision : List.of(FLOAT32, Precision.FLOAT64)) {
      var actual = c.evaluate(SOFTMAX, precision);
      checkValues(c, expected, actual, precision, SOFTMAX.bounds().loss().of(c.classes));
      checkGradient(c, expected, actual, precision, SOFTMAX.bounds().gradient().of(c.classes));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void logSoftmax(RowFunctionCase c) {
    var expected = oracle("LOG_SOFTMAX").evaluate(c.x, c.rows, c.classes, c.upstream);
    double sums = Math.sqrt(c.classes);
    for (Precision precision : List.of(FLOAT32, Precision.FLOAT64)) {
      var actual = c.evaluate(LOG_SOFTMAX, precision);
      checkValues(c, expected, actual, precision, LOG_SOFTMAX.bounds().loss().of(c.classes));
      // The sum of the upstream gradients exceeds each of them.
      checkGradient(
          c, expected, actual, precision, sums * LOG_SOFTMAX.bounds().gradient().of(c.classes));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void logSumExp(RowFunctionCase c) {
    double[] u = Arrays.copyOf(c.upstream, c.rows);
    var expected = oracle("LOGSUMEXP").evaluate(c.x, c.rows, c.classes, u);
    for (Precision precision : List.of(FLOAT32, Precision.FLOAT64)) {
      var actual = c.evaluate(LOG_SUM_EXP, precision);
      checkValues(c, expected, actual, precision, LOG_SUM_EXP.bounds().loss().of(c.classes));
      checkGradient(c, expected, actual, precision, LOG_SUM_EXP.bounds().gradient().of(c.classes));
    }
  }

  static List<RowFunctionCase> shortCases() {
    return cases().stream().filter(c -> c.classes < 50).toList();
  }

  @ParameterizedTest
  @MethodSource("shortCases")
  void logCumSumExp(RowFunctionCase c) {
    double[] positive = Arrays.stream(c.upstream).map(Math::abs).toArray();
    var oracle = oracle("LOGCUMSUMEXP");
    var expected = oracle.evaluate(c.x, c.rows, c.classes, positive);
    for (Precision precision : List.of(FLOAT32, Precision.FLOAT64)) {
      double scale = precision == FLOAT32 ? 0.25 : 1;
      var actual = c.evaluate(LOG_CUM_SUM_EXP, precision, positive);
      checkValues(c, expected, actual, precision, LOG_CUM_SUM_EXP.bounds().loss().ulps() * scale);
      checkGradient(
          c, expected, actual, precision, LOG_CUM_SUM_EXP.bounds().gradient().ulps() * scale);
    }
    signed(c, oracle.evaluate(c.x, c.rows, c.classes, c.upstream), expected);
  }

  /** Terms of both signs, in ulp of the sum of their magnitudes. */
  private static <R extends Real<R>, S extends Real<S>> void signed(
      RowFunctionCase c, RowFunctionResult<R> expected, RowFunctionResult<S> magnitudes) {
    var precision = Precision.FLOAT64;
    double[] actual = c.evaluate(LOG_CUM_SUM_EXP, precision).gradient();
    double[] exact = expected.gradient(precision);
    double[] scale = magnitudes.gradient(precision);
    for (int i = 0; i < actual.length; i++) {
      double error = Math.abs(actual[i] - exact[i]);
      double bound =
          LOG_CUM_SUM_EXP.bounds().gradient().ulps() * Math.ulp(scale[i]) + flushed(c, precision);
      assertTrue(error <= bound || Double.isNaN(exact[i]) && Double.isNaN(actual[i]), c + " " + i);
    }
  }

  /** One in three: what the temperature adds is one factor of each row. */
  static List<RowFunctionCase> someCases() {
    var cases = cases();
    return IntStream.range(0, cases.size()).filter(i -> i % 3 == 0).mapToObj(cases::get).toList();
  }

  @ParameterizedTest
  @MethodSource("someCases")
  void temperature(RowFunctionCase c) {
    // A power of two divides exactly; the gradient is that of the quotients over it.
    double[] x = Arrays.stream(c.x).map(v -> v / 4).toArray();
    double[] u = Arrays.copyOf(c.upstream, c.rows);
    var lse = oracle("LOGSUMEXP").evaluate(x, c.rows, c.classes, u);
    checkValues(
        c,
        lse,
        c.evaluate(LogSumExp.builder().temperature(4).build(), FLOAT32),
        FLOAT32,
        LOG_SUM_EXP.bounds().loss().of(c.classes));
    var softmax = oracle("SOFTMAX").evaluate(x, c.rows, c.classes, c.upstream);
    var actual = times(c.evaluate(Softmax.builder().temperature(4).build(), FLOAT32), 4);
    checkValues(c, softmax, actual, FLOAT32, SOFTMAX.bounds().loss().of(c.classes));
    checkGradient(c, softmax, actual, FLOAT32, SOFTMAX.bounds().gradient().of(c.classes));
    var log = oracle("LOG_SOFTMAX").evaluate(x, c.rows, c.classes, c.upstream);
    actual = times(c.evaluate(LogSoftmax.builder().temperature(4).build(), FLOAT32), 4);
    checkValues(c, log, actual, FLOAT32, LOG_SOFTMAX.bounds().loss().of(c.classes));
    checkGradient(
        c,
        log,
        actual,
        FLOAT32,
        Math.sqrt(c.classes) * LOG_SOFTMAX.bounds().gradient().of(c.classes));
  }

  private static Outcome times(Outcome outcome, double factor) {
    double[] gradient = Arrays.stream(outcome.gradient()).map(v -> v * factor).toArray();
    return new Outcome(outcome.values(), gradient);
  }

  private static <R extends Real<R>> void checkValues(
      RowFunctionCase c,
      RowFunctionResult<R> expected,
      Outcome actual,
      Precision precision,
      double bound) {
    double[] exact = expected.values(precision);
    for (int i = 0; i < exact.length; i++) {
      double ulps = expected.valueUlps(i, actual.values()[i], precision);
      double error = Math.abs(actual.values()[i] - exact[i]);
      check(c, "value", i, actual.values()[i], exact[i], ulps, bound, error, precision);
    }
  }

  private static <R extends Real<R>> void checkGradient(
      RowFunctionCase c,
      RowFunctionResult<R> expected,
      Outcome actual,
      Precision precision,
      double bound) {
    double[] exact = expected.gradient(precision);
    for (int i = 0; i < exact.length; i++) {
      double ulps = expected.gradientUlps(i, actual.gradient()[i], precision);
      double error = Math.abs(actual.gradient()[i] - exact[i]);
      check(c, "gradient", i, actual.gradient()[i], exact[i], ulps, bound, error, precision);
    }
  }

  private static void check(
      RowFunctionCase c,
      String name,
      int i,
      double actual,
      double exact,
      double ulps,
      double bound,
      double error,
      Precision precision) {
    assertTrue(
        ulps <= bound || error <= flushed(c, precision),
        () -> "%s: %s[%d] = %s, expected %s, %f ulp".formatted(c, name, i, actual, exact, ulps));
  }
}
