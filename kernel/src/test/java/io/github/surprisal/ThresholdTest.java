package io.github.surprisal;

import static io.github.surprisal.reference.Precision.FLOAT32;
import static io.github.surprisal.reference.Precision.FLOAT64;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.surprisal.PointwiseFormulas.Entry;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.AsymmetricFocal;
import io.github.surprisal.pointwise.EpsilonInsensitive;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.reference.PointwiseFormula;
import io.github.surprisal.reference.Precision;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Elements that lie exactly on a threshold, one ulp below it and one ulp above it, in either type,
 * of every loss of the table that has one, also where the option is no float.
 */
class ThresholdTest {
  private static final double[] OPTIONS = {0.1, 0.3, 1.1, 1e-60};

  /** A loss whose option of this name has this value. */
  record Case(Entry entry, String option, double value) {
    @Override
    public String toString() {
      return entry.toString();
    }
  }

  static List<Case> cases() {
    var cases = new ArrayList<Case>();
    for (Entry entry : PointwiseFormulas.ALL) {
      for (String threshold : thresholds(entry.formula())) {
        for (double value : OPTIONS) {
          add(cases, entry, threshold, value);
        }
      }
    }
    return cases.stream().distinct().toList();
  }

  /** Adds a loss with another option, unless it does not take it. */
  private static void add(List<Case> cases, Entry entry, String option, double value) {
    try {
      var formula = (Formula) with(entry.formula(), option, value);
      var oracle = (PointwiseFormula) with(entry.oracle(), option, value);
      var changed =
          new Entry(formula, oracle, entry.predictions(), entry.targets(), entry.parameters());
      cases.add(new Case(changed, option, value));
    } catch (IllegalArgumentException refused) {
      assertEquals(1.1, value, "only a threshold above 1 is refused: " + refused.getMessage());
    }
  }

  private static List<String> thresholds(Formula formula) {
    return Arrays.stream(formula.getClass().getRecordComponents())
        .filter(component -> component.isAnnotationPresent(Threshold.class))
        .map(RecordComponent::getName)
        .toList();
  }

  /** The record with another component. */
  private static Object with(Object formula, String name, double value) {
    try {
      RecordComponent[] components = formula.getClass().getRecordComponents();
      var types = Arrays.stream(components).map(c -> c.getType()).toArray(Class<?>[]::new);
      var values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        var accessor = components[i].getAccessor();
        accessor.setAccessible(true);
        values[i] = components[i].getName().equals(name) ? value : accessor.invoke(formula);
      }
      Constructor<?> constructor = formula.getClass().getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw (IllegalArgumentException) e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothSidesOfEveryThresholdAreTheOracles(Case c) {
    check(c, FLOAT32);
    check(c, FLOAT64);
  }

  @Test
  void thresholdsAreNumbersOfTheTypeOfTheInputs() {
    assertEquals(1, ElementResults.results(new Huber(0.1), 0.1f, 0, true)[2]);
    assertEquals(0, ElementResults.results(new Huber(0.1), Math.nextUp(0.1f), 0, true)[2]);
    assertEquals(0, ElementResults.results(new Huber(0.1), 0.1f, 0, false)[2]);
    assertEquals(0, ElementResults.results(new EpsilonInsensitive(0.1), 0.1f, 0, true)[1]);
    assertEquals(1, ElementResults.results(new EpsilonInsensitive(0.1), 0.1f, 0, false)[1]);
  }

  private static void check(Case c, Precision type) {
    Entry entry = c.entry();
    double[] near = near(c, type);
    double[] parameters = entry.parameters() == null ? new double[] {0} : near;
    var points = new ArrayList<double[]>();
    for (double t : DoubleStream.of(near).filter(entry.targets()::contains).toArray()) {
      double[] apart = DoubleStream.of(near).map(d -> round(t + d, type)).toArray();
      for (double p : DoubleStream.of(concat(near, apart)).distinct().toArray()) {
        for (double parameter : parameters) {
          boolean inDomain = entry.parameters() == null || entry.parameters().contains(parameter);
          if (inDomain && entry.predictions().contains(p)) {
            points.add(new double[] {p, t, parameter});
          }
        }
      }
    }
    var all =
        new PointwiseCase(
            entry,
            column(points, 0),
            column(points, 1),
            entry.parameters() == null ? null : column(points, 2));
    PointwiseOracleTest.check(all, all.expected(type), type);
  }

  /** Numbers on and beside the threshold and its complement, of either sign, and some others. */
  private static double[] near(Case c, Precision type) {
    double b = Math.max(round(c.value(), type), type == FLOAT32 ? Float.MIN_NORMAL : 0);
    double[] some = {0, 1, 0.75, 2.5};
    double[] beside = concat(beside(b, type), beside(round(1 - b, type), type));
    double[] positive = concat(some, beside);
    if (c.entry().formula() instanceof AsymmetricFocal) {
      // The threshold is compared with a sigmoid, which has an error of its own.
      double slack = 64 * ulp(b, type);
      positive = concat(some, new double[] {logit(b - slack, type), logit(b + slack, type)});
    }
    double[] negative = DoubleStream.of(positive).map(x -> -x).toArray();
    return DoubleStream.of(concat(positive, negative)).distinct().toArray();
  }

  private static double[] beside(double b, Precision type) {
    return new double[] {b - ulp(b, type), b, b + ulp(b, type)};
  }

  private static double ulp(double x, Precision type) {
    return type == FLOAT32 ? Math.ulp((float) x) : Math.ulp(x);
  }

  private static double logit(double p, Precision type) {
    return p > 0 && p < 1 ? round(Math.log(p / (1 - p)), type) : 0;
  }

  private static double round(double x, Precision type) {
    return type == FLOAT32 ? (float) x : x;
  }

  private static double[] concat(double[] a, double[] b) {
    return DoubleStream.concat(DoubleStream.of(a), DoubleStream.of(b)).toArray();
  }

  private static double[] column(List<double[]> points, int k) {
    return points.stream().mapToDouble(point -> point[k]).toArray();
  }
}
