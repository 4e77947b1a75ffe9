package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.build.Exported;
import io.github.surprisal.catalog.Losses;
import io.github.surprisal.catalog.Values;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.guard.ArrayScan;
import io.github.surprisal.guard.ClipByNorm;
import io.github.surprisal.guard.ClipByUnit;
import io.github.surprisal.guard.ClipByValue;
import io.github.surprisal.guard.ClipByZScore;
import io.github.surprisal.guard.ClipResult;
import io.github.surprisal.guard.NonFinite;
import io.github.surprisal.guard.Norm;
import io.github.surprisal.guard.ZScoreTarget;
import io.github.surprisal.pointwise.Elements;
import io.github.surprisal.pointwise.Huber;
import io.github.surprisal.pointwise.PointwiseLoss;
import io.github.surprisal.pointwise.PoissonNll;
import io.github.surprisal.rows.Batch;
import io.github.surprisal.rows.CrossEntropy;
import io.github.surprisal.rows.LogCumSumExp;
import io.github.surprisal.rows.LogSoftmax;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.RowStatistics;
import io.github.surprisal.rows.SlidingWindows;
import io.github.surprisal.rows.Softmax;
import io.github.surprisal.rows.Sparsemax;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A null where the public API needs a value is refused by the parameter's name. */
class NullArgumentsTest {
  /** Methods and parameters that take null, or that no caller has a null for. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "equals", "nothing equals null",
          "valueOf", "of enums, by the JDK",
          "Bounds.gradient", "documented: null where no bound is stated",
          "Bounds.hessian", "documented: null where there is none",
          "form", "of BuiltInFormula, which is not public",
          "bounds", "of BuiltInFormula, which is not public");

  /** What loops call with vectors: a check there would cost time, and no argument gets there. */
  private static final Set<String> OF_LOOPS = Set.of("Formula", "Lanes");

  private static final Map<Class<?>, Object> SAMPLES = new HashMap<>();

  static {
    var matrix = Matrix.of(new float[6], 2, 3);
    put(
        new float[6],
        new double[6],
        new int[2],
        new long[1],
        new boolean[2],
        matrix,
        Batch.of(matrix, new int[2]),
        Elements.of(matrix, Matrix.of(new float[6], 2, 3)),
        new Workspace(),
        new LossSum(),
        RowStatistics.none(),
        Reduction.MEAN,
        Denominator.KEPT,
        HessianConvention.EXACT,
        PoissonNll.CountTerm.NONE,
        new Bounds(new Bounds.Bound(1, 0), null, null, false),
        new Bounds.Bound(1, 0),
        SlidingWindows.of(2, 2, 1),
        LogSumExp.builder().build(),
        Softmax.builder().build(),
        LogSoftmax.builder().build(),
        new LogCumSumExp(),
        new Sparsemax(),
        PointwiseLoss.builder(new Huber()),
        Losses.named("huber"),
        Losses.named("cross_entropy"),
        Values.REAL,
        PointwiseLoss.builder(new Huber()).build(),
        new ArrayScan(),
        new ClipByNorm(1),
        new ClipByValue(1),
        new ClipByUnit(1),
        new ClipResult(),
        ClipByZScore.builder(),
        ClipByZScore.builder().build(),
        ZScoreTarget.MEAN,
        Norm.TWO,
        NonFinite.SKIP,
        new float[][] {{1}},
        new double[][] {{1}},
        "text",
        1,
        1L,
        1.0,
        true);
    PointwiseFormulas.ALL.forEach(entry -> put(entry.formula()));
    for (EveryRowLoss each : EveryRowLoss.list()) {
      put(each.builder(), each.loss(Reduction.MEAN));
    }
    SAMPLES.put(Map.class, Map.of());
    SAMPLES.put(Supplier.class, (Supplier<?>) CrossEntropy::builder);
    SAMPLES.put(Formula.class, new Huber());
    SAMPLES.put(Object.class, new Huber());
    SAMPLES.put(int.class, 1);
    SAMPLES.put(long.class, 1L);
    SAMPLES.put(double.class, 1.0);
    SAMPLES.put(boolean.class, true);
  }

  private final Set<String> wrong = new TreeSet<>();
  private int calls;

  private static void put(Object... samples) {
    Arrays.stream(samples).forEach(sample -> SAMPLES.put(sample.getClass(), sample));
  }

  @Test
  void aNullIsRefusedByItsName() throws Exception {
    for (Class<?> type : Exported.classes()) {
      if (OF_LOOPS.stream().noneMatch(type.getSimpleName()::startsWith)) {
        Stream.of(type.getConstructors()).forEach(this::refusesNulls);
        Stream.of(type.getMethods()).filter(NullArgumentsTest::isOurs).forEach(this::refusesNulls);
      }
    }
    assertEquals(Set.of(), wrong);
    assertTrue(calls > 400, calls + " calls");
  }

  private static boolean isOurs(Method method) {
    return method.getDeclaringClass().getName().startsWith("io.github.surprisal")
        && !method.isBridge();
  }

  private void refusesNulls(Executable executable) {
    for (Parameter parameter : executable.getParameters()) {
      String owner = executable.getDeclaringClass().getSimpleName();
      boolean excepted =
          EXCEPTIONS.containsKey(executable.getName())
              || EXCEPTIONS.containsKey(owner + "." + parameter.getName());
      if (!parameter.getType().isPrimitive() && !excepted) {
        refusesNull(executable, parameter);
      }
    }
  }

  private void refusesNull(Executable executable, Parameter absent) {
    assertTrue(absent.isNamePresent(), "the kernel is compiled with its parameters' names");
    Object[] arguments =
        Stream.of(executable.getParameters())
            .map(other -> other.equals(absent) ? null : SAMPLES.get(other.getType()))
            .toArray();
    boolean isStatic = Modifier.isStatic(executable.getModifiers());
    Class<?> owner = executable.getDeclaringClass();
    var receivers = isStatic || !(executable instanceof Method) ? Stream.of("") : samples(owner);
    for (Object receiver : receivers.toList()) {
      calls++;
      Throwable thrown = thrown(executable, receiver, arguments);
      boolean named =
          thrown instanceof NullPointerException && absent.getName().equals(thrown.getMessage());
      if (!named) {
        wrong.add("%s without %s: %s".formatted(executable, absent.getName(), thrown));
      }
    }
  }

  private Stream<Object> samples(Class<?> owner) {
    var found = SAMPLES.values().stream().filter(owner::isInstance).distinct().toList();
    if (found.isEmpty()) {
      wrong.add("no sample of " + owner);
    }
    return found.stream();
  }

  private static Throwable thrown(Executable executable, Object receiver, Object[] arguments) {
    try {
      if (executable instanceof Method method) {
        method.setAccessible(true); // public, but some declared in a class that is not
        method.invoke(receiver, arguments);
      } else {
        ((Constructor<?>) executable).newInstance(arguments);
      }
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(executable.toString(), e);
    }
  }
}
