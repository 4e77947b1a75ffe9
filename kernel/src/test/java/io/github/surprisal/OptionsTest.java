package io.github.surprisal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.surprisal.build.Exported;
import io.github.surprisal.formula.Formula;
import io.github.surprisal.pointwise.BinaryCrossEntropyWithLogits;
import io.github.surprisal.rows.Distillation;
import io.github.surprisal.rows.Divergence;
import io.github.surprisal.rows.LogSoftmax;
import io.github.surprisal.rows.LogSumExp;
import io.github.surprisal.rows.Softmax;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An option that is no finite number is refused when it is given, by its name. */
class OptionsTest {
  private static final double[] NOT_FINITE = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private final Set<String> wrong = new TreeSet<>();
  private int options;

  @Test
  void ofFormulas() throws Exception {
    for (Class<?> type : Exported.classes()) {
      if (type.isRecord() && Formula.class.isAssignableFrom(type)) {
        var components = type.getRecordComponents();
        var types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var all = type.getConstructor(types);
        Object[] usual = options(type.getConstructor().newInstance(), components);
        for (int i = 0; i < components.length; i++) {
          refuses(all, usual, i, components[i].getName());
        }
      }
    }
    assertEquals(Set.of(), wrong);
    assertTrue(options >= 20, options + " options");
  }

  private static Object[] options(Object usual, RecordComponent[] components) throws Exception {
    Object[] options = new Object[components.length];
    for (int i = 0; i < options.length; i++) {
      options[i] = components[i].getAccessor().invoke(usual);
    }
    return options;
  }

  private void refuses(Constructor<?> constructor, Object[] usual, int i, String name) {
    Class<?> type = constructor.getParameterTypes()[i];
    for (double value : NOT_FINITE) {
      Object[] options = usual.clone();
      options[i] = option(type, value);
      if (options[i] != null) {
        refuses(constructor.toString(), name, () -> constructor.newInstance(options));
      }
    }
  }

  @Test
  void ofBuildersAndFunctions() throws Exception {
    var owners =
        Stream.concat(
            EveryRowLoss.list().stream().map(EveryRowLoss::builder),
            Stream.of(
                Softmax.builder().build(),
                LogSoftmax.builder().build(),
                LogSumExp.builder().build(),
                new BinaryCrossEntropyWithLogits()));
    for (Object owner : owners.toList()) {
      for (Method method : owner.getClass().getMethods()) {
        for (double value : NOT_FINITE) {
          boolean isSetter = method.getParameterCount() == 1 && !method.isBridge();
          Object option = isSetter ? option(method.getParameterTypes()[0], value) : null;
          boolean isNone = method.getName().equals("softcap") && value > 0;
          if (option != null && !isNone && !Modifier.isStatic(method.getModifiers())) {
            method.setAccessible(true); // public, in a class that is not
            refuses(owner + "." + method, method.getName(), () -> method.invoke(owner, option));
          }
        }
      }
    }
    assertEquals(Set.of(), wrong);
    assertTrue(options >= 100, options + " options");
  }

  @Test
  void ofFactories() {
    for (double value : NOT_FINITE) {
      refuses(
          "jensenShannon",
          "beta",
          () -> Distillation.builder().divergence(new Divergence.JensenShannon(value)));
      refuses("meanOver", "denominator", () -> Reduction.meanOver(value));
    }
    assertEquals(Set.of(), wrong);
  }

  /** The value as an option of a type, or null. */
  private static Object option(Class<?> type, double value) {
    return type == double.class ? value : type == double[].class ? new double[] {1, value} : null;
  }

  private void refuses(String owner, String name, Callable<?> call) {
    options++;
    Throwable thrown = null;
    try {
      call.call();
    } catch (InvocationTargetException e) {
      thrown = e.getCause();
    } catch (Exception e) {
      thrown = e;
    }
    boolean named =
        thrown instanceof IllegalArgumentException
            && Arrays.asList(name + " =", name + "[1] =").stream()
                .anyMatch(thrown.getMessage()::startsWith);
    if (!named) {
      wrong.add(owner + ": " + name + ": " + thrown);
    }
  }
}
