package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.formula.Formula;
import io.github.surprisal.internal.call.Recipe;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.LogCumSumExp;
import io.github.surprisal.rows.LogSoftmax;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.RowFunction;
import io.github.surprisal.rows.RowLoss;
import io.github.surprisal.rows.Softmax;
import io.github.surprisal.rows.Sparsemax;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read from a stream is what was written: in its options, and in every bit of results. */
class SerializationTest {
  private static final double HALF = 0.5; // a value that every option takes
  private static final int CLASSES = 7;
  private static final int FIRST = 4; // after the row of the label that is ignored by default
  private static final int ROWS = EveryRowLoss.ROWS - FIRST;

  static List<EveryRowLoss> rowLosses() {
    return EveryRowLoss.list();
  }

  static List<PointwiseFormulas.Entry> formulas() {
    return PointwiseFormulas.ALL;
  }

  @ParameterizedTest
  @MethodSource("rowLosses")
  void lossesOfRows(EveryRowLoss each) throws Exception {
    for (Reduction reduction :
        List.of(Reduction.MEAN, Reduction.mean(Denominator.ALL), Reduction.meanOver(3))) {
      assertKept(each, each.loss(reduction));
    }
  }

  /** One option after the other takes another value. */
  @ParameterizedTest
  @MethodSource("rowLosses")
  void everyOptionOfLossesOfRows(EveryRowLoss each) throws Exception {
    int options = 0;
    for (Method setter : each.builder().getClass().getMethods()) {
      boolean isSetter = setter.getParameterCount() == 1;
      boolean isOurs = setter.getDeclaringClass().getName().contains("surprisal");
      if (isSetter && isOurs && !setter.isBridge() && !Modifier.isStatic(setter.getModifiers())) {
        setter.invoke(each.builder(), option(setter.getParameterTypes()[0]));
        var loss = each.builder().build();
        assertTrue(loss.toString().contains(setter.getName() + "="), loss::toString);
        assertKept(each, loss);
        options++;
      }
    }
    assertTrue(options >= 3, options + " options");
  }

  private static Object option(Class<?> type) {
    return Map.<Class<?>, Object>of(
            double.class,
            HALF,
            int.class,
            2,
            boolean.class,
            true,
            Reduction.class,
            Reduction.SUM,
            HessianConvention.class,
            HessianConvention.LIGHTGBM,
            Divergence.class,
            new Divergence.JensenShannon(HALF),
            double[].class,
            new double[] {1, 2, 3, 4, 5, 6, 7})
        .get(type);
  }

  private static void assertKept(EveryRowLoss each, RowLoss loss) throws Exception {
    RowLoss read = RoundTrip.of(loss);
    assertEquals(loss.toString(), read.toString());
    assertEquals(loss.bounds(), read.bounds());
    var batch = each.batch(FIRST, EveryRowLoss.ROWS);
    double[] expected = new double[ROWS * CLASSES];
    double[] gradient = expected.clone();
    assertEquals(
        loss.lossAndGradient(batch, Matrix.of(expected, ROWS, CLASSES)),
        read.lossAndGradient(batch, Matrix.of(gradient, ROWS, CLASSES)));
    assertArrayEquals(expected, gradient);
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void formulasAndTheirLosses(PointwiseFormulas.Entry entry) throws Exception {
    Formula formula = entry.formula();
    assertEquals(formula, RoundTrip.of(formula));
    var loss = PointwiseLoss.builder(formula).reduction(Reduction.SUM).build();
    var read = RoundTrip.of(loss);
    assertEquals(loss.toString(), read.toString());
    assertEquals("PointwiseLoss[formula=" + formula + ", reduction=SUM]", loss.toString());
    double[] p = {0.25, 0.5, 0.75};
    double[] t = {1, 0.5, 1};
    var elements = Elements.of(p, t);
    boolean bringsParameter = formula.parameterName() != null && formula.parameterValues() == null;
    var all = bringsParameter ? elements.parameter(new double[] {1, 2, 3}) : elements;
    double[] expected = new double[3];
    double[] gradient = new double[3];
    assertEquals(
        loss.lossAndGradient(all, Matrix.of(expected, 1, 3)),
        read.lossAndGradient(all, Matrix.of(gradient, 1, 3)));
    assertArrayEquals(expected, gradient);
  }

  @Test
  void functionsOfRows() throws Exception {
    for (RowFunction function :
        List.of(
            Softmax.builder().temperature(HALF).build(),
            LogSoftmax.builder().temperature(HALF).build(),
            new LogCumSumExp(),
            new Sparsemax())) {
      double[] x = {1, -2, 0.5, 3};
      double[] expected = new double[4];
      double[] y = new double[4];
      function.forward(x, 4, expected);
      RoundTrip.of(function).forward(x, 4, y);
      assertArrayEquals(expected, y);
      assertEquals(function.toString(), RoundTrip.of(function).toString());
      function.backward(expected, x, 4, expected);
      RoundTrip.of(function).backward(y, x, 4, y);
      assertArrayEquals(expected, y);
    }
    var function = LogSumExp.builder().temperature(HALF).build();
    double[] expected = new double[1];
    double[] y = new double[1];
    function.forward(new double[] {1, 2}, expected);
    RoundTrip.of(function).forward(new double[] {1, 2}, y);
    assertArrayEquals(expected, y);
  }

  @Test
  void reductions() throws Exception {
    for (Reduction constant : List.of(Reduction.NONE, Reduction.SUM, Reduction.MEAN)) {
      assertSame(constant, RoundTrip.of(constant));
    }
    assertEquals("mean over 3.0", RoundTrip.of(Reduction.meanOver(3)).toString());
  }

  @Test
  void sumsGoOn() throws Exception {
    var loss = CrossEntropy.builder().build();
    var whole = new LossSum();
    var part = new LossSum();
    var first = EveryRowLoss.list().getFirst();
    loss.loss(first.batch(0, 20).sum(whole));
    loss.loss(first.batch(0, 20).sum(part));
    LossSum read = RoundTrip.of(part);
    loss.loss(first.batch(20, 60).sum(whole));
    loss.loss(first.batch(20, 60).sum(read));
    assertEquals(whole.toString(), read.toString());
    assertEquals(whole.mean(), read.mean());
    assertEquals(whole.perplexity(), read.perplexity());
    assertEquals(Denominator.WEIGHTS, read.denominator());
    assertEquals(new LossSum().toString(), RoundTrip.of(new LossSum()).toString());
  }

  @Test
  void optionsFromAStreamAreChecked() {
    refused(new Recipe(CrossEntropy.class, options("labelSmoothing", 2.0)));
    refused(new Recipe(CrossEntropy.class, options("unheardOf", 2.0)));
    refused(new Recipe(CrossEntropy.class, options("temperature", "hot")));
    refused(new Recipe(LossSum.class, options("zLoss", 2.0)));
    refused(new Recipe(Distillation.class, options("hardWeight", -1.0)));
  }

  private static LinkedHashMap<String, Object> options(String name, Object value) {
    return new LinkedHashMap<>(Map.of(name, value));
  }

  private static void refused(Recipe recipe) {
    var error = assertThrows(InvalidObjectException.class, () -> RoundTrip.of((Object) recipe));
    assertTrue(error.getMessage().contains(recipe.toString()), error::getMessage);
  }

  @Test
  void aFormulaOfOnesOwnIsAskedFor() {
    record Own() implements Formula {}
    var loss = PointwiseLoss.builder(new Own()).build();
    assertThrows(NotSerializableException.class, () -> RoundTrip.of(loss));
  }
}
